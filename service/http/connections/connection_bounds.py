from dataclasses import dataclass

UPLOAD = "/v1/jobs"
"""Where files are sent, which may be larger than other bodies and take longer."""


@dataclass(frozen=True, slots=True)
class ConnectionBounds:
    """What one connection may take, and how many there may be."""

    connections: int
    """Open at the same time; further ones wait until one of them is closed."""
    requests: int
    """Under way at the same time, those too that are still being read; a further one is told to come back."""
    refusals: int
    """Written in a second at most, so that they leave time to answer. Further requests wait for their turn to be refused, and their
    connections with them, of which there is a bound."""
    line_bytes: int
    """Of the request line: the method and the URL."""
    head_bytes: int
    """Of the request line and all headers."""
    head_seconds: float
    """From the opening of a connection, or the first byte of a request, to the end of its headers."""
    body_seconds: float
    """From the end of the headers to the end of the body; and how long an answer may wait for its client to take anything of it."""
    upload_seconds: float
    """The same for a file that is sent to `UPLOAD`, until its request is answered."""
    idle_seconds: int
    """From an answer to the next request."""
