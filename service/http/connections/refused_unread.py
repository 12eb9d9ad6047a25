"""What is refused before a request is read, written without the framework."""

import json
from dataclasses import replace
from functools import cache
from http import HTTPStatus

from address_match.service.http.errors import OverloadedError
from address_match.service.http.problems.problem_kinds import PROBLEMS, ProblemKind
from address_match.service.http.problems.problem_response import MEDIA_TYPE, RETRY_SECONDS, TYPES

NO_HTTP = ProblemKind(
    400,
    "no-http",
    "The bytes are no HTTP",
    "Send HTTP/1.1. A URL holds no blanks and nothing beyond ASCII: write these with %, as UTF-8 (curl: -G --data-urlencode); a length is "
    "sent once, and no line ends in LF alone.",
)
NO_HOST = ProblemKind(
    400, "no-host", "The request names no one host", "Send the header Host, and send it once."
)
REQUEST_TIMEOUT = ProblemKind(
    408, "request-timeout", "The request did not come in time", "Send the request whole, and sooner."
)
URL_TOO_LONG = ProblemKind(
    414, "url-too-long", "The URL is too long", "Send the same by POST, in the body; see /docs."
)
HEADERS_TOO_LARGE = ProblemKind(
    431, "headers-too-large", "The headers are too large", "Send fewer headers, or shorter ones."
)
OVERLOADED = replace(PROBLEMS[OverloadedError], detail="Come back when `Retry-After` says.")
PROBLEMS_OF_CONNECTIONS = {
    NO_HTTP: "What comes over a connection is no request of HTTP, or one that may be read in two ways; it is closed.",
    NO_HOST: "A request of HTTP/1.1 has no header `Host`, or several, or one that is none, or another than its URL names (RFC 9112, section 3.2).",
    REQUEST_TIMEOUT: "The headers or the body of a request took longer than the service waits.",
    URL_TOO_LONG: "The URL is longer than the service reads; POST takes the same in the body.",
    HEADERS_TOO_LARGE: "The headers together are larger than the service reads.",
}
"""What is refused before a request is read, and when."""


@cache
def refusal(kind: ProblemKind, *, keep_open: bool) -> bytes:
    """Return a whole response that holds a problem document (RFC 9457) of one kind."""
    status = HTTPStatus(kind.status)
    problem = {
        "type": TYPES + kind.name,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.detail,
    }
    body = json.dumps(problem).encode()
    head = [
        f"HTTP/1.1 {int(status)} {status.phrase}",
        f"content-type: {MEDIA_TYPE}",
        f"content-length: {len(body)}",
    ]
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        head.append(f"retry-after: {RETRY_SECONDS}")
    if not keep_open:
        head.append("connection: close")
    return "\r\n".join([*head, "", ""]).encode() + body
