"""Tells a program elsewhere something, by a POST of JSON to a URL that its owner named."""

import http.client
import json
from contextlib import closing
from urllib.parse import urlsplit

from address_match.service.errors import UsageError

_TIMEOUT_SECONDS = 10.0


def is_taken(url: str, told: object) -> bool:
    """Tell a URL something, and return whether the answer was 2xx; it may take seconds.

    No redirect is followed: what is told is for whom the owner named.
    """
    try:
        return _status(url, json.dumps(told)) // 100 == 2
    except (OSError, http.client.HTTPException, ValueError):
        return False


def host_of(url: str) -> str:
    """Return the host that a URL names; raises UsageError for none of HTTP, and does not repeat it: the rest of it may be a secret."""
    try:
        place = urlsplit(url)
    except ValueError:
        place = urlsplit("")
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise UsageError("the webhook is no URL such as https://chat.example/hooks/1")
    return place.hostname


def _status(url: str, body: str) -> int:
    """Send a body to a URL and return the status of the answer."""
    place = urlsplit(url)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    with closing(kind(place.netloc, timeout=_TIMEOUT_SECONDS)) as connection:
        target = f"{place.path or '/'}{'?' if place.query else ''}{place.query}"
        connection.request("POST", target, body, {"Content-Type": "application/json"})
        return connection.getresponse().status
