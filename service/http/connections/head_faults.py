"""What the parser takes in the head of a request, and what a proxy before the service may have read otherwise: it is refused, since one
request must not be two.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from address_match.service.http.connections.refused_unread import NO_HOST, NO_HTTP
from address_match.service.http.problems.problem_kinds import ProblemKind

OTHER_VERSION = replace(NO_HTTP, detail="Speak HTTP/1.1 or HTTP/1.0.")
OTHER_CODING = replace(
    NO_HTTP, detail="Send a body by its Content-Length, or by HTTP/1.1 with Transfer-Encoding: chunked alone."
)
OTHER_FRAMES = replace(NO_HTTP, detail="The chunks of the body take more bytes than the body itself.")
_HOST = re.compile(rb"[\w.~!$&'()*+,;=%:\[\]-]*", re.ASCII)
"""A name or an address, and a port (RFC 3986, section 3.2, without the part for a user, which no request has)."""
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)


def head_fault(version: str, url: bytes, headers: Sequence[tuple[bytes, bytes]]) -> ProblemKind | None:
    """Return why a head is refused, None where it is as it has to be; the names of the headers are in small letters.

    HTTP/1.1 has one `Host`, HTTP/1.0 one at most, and a whole URL names the same (RFC 9112, section 3.2). A body that is coded comes in
    chunks, by HTTP/1.1 alone (section 6.1).
    """
    if version not in {"1.0", "1.1"}:
        return OTHER_VERSION
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1 and (hosts or version == "1.1"):
        return NO_HOST
    if not all(map(_HOST.fullmatch, hosts)) or not _is_of(url, hosts):
        return NO_HOST
    codings = [value for name, value in headers if name == b"transfer-encoding"]
    is_plain = not codings or (version == "1.1" and [coding.lower() for coding in codings] == [b"chunked"])
    return None if is_plain else OTHER_CODING


def _is_of(url: bytes, hosts: Sequence[bytes]) -> bool:
    """Return whether a URL is one of the host, where it names one at all."""
    if url.startswith(b"/") or url == b"*" or not hosts:
        return True
    named = _ABSOLUTE.match(url)
    return named is not None and named[1].lower() == hosts[0].lower()
