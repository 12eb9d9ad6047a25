"""The name of the request that is being answered, by which its client and the log speak of it."""

import re
import secrets
from contextvars import ContextVar

HEADER = b"x-request-id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9._\-]{1,64}")
"""A name that a client or a proxy gives is kept where it is of this form; anything else could forge lines of the log."""

request_id: ContextVar[str] = ContextVar("request_id", default="-")
"""Of the request that the running task answers."""


def begin(headers: list[tuple[bytes, bytes]]) -> str:
    """Take the name that the headers of a request give it, or make one; it holds for the running task."""
    given = next((value for name, value in headers if name == HEADER), b"")
    name = given.decode() if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
    request_id.set(name)
    return name
