from dataclasses import dataclass

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Whoever asks may invent others, which are neither told apart nor repeated."""
NO_ROUTE = "none"
"""Of a request that was sent away before its route was looked for, or that has none."""


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """A request that was answered, as far as it may be told: nothing of it can hold an address."""

    route: str
    """Its pattern, `/v1/addresses/{uprn:path}`; `NO_ROUTE` where there is none."""
    method: str
    """One of `METHODS`, or `other`."""
    status: int
    seconds: float
    """From the end of its headers to the end of its answer."""
    key: str
    """The id of the key, or of who is signed in; empty where neither was asked for, or shown."""
