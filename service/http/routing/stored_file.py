import asyncio
import os
import re

from fastapi.responses import FileResponse
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from address_match.service.http.errors import NoSuchPartError
from address_match.service.http.problems.problem_response import respond_to

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class StoredFile(FileResponse):
    """A file, or the one part of it that a client wants to go on from.

    Any other range, and several, are passed over (RFC 9110, section 14.2); a part behind the end is refused by a problem document.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        headers = Headers(scope=scope)
        asked = _RANGE.fullmatch(headers.get("range", "")) if scope["method"] == "GET" else None
        first, last = asked.groups() if asked else ("", "")
        is_part = _is_part(first, last)
        size = (await asyncio.to_thread(os.stat, self.path)).st_size if is_part else 0
        is_held = is_part and _lies_in(first, last, size)
        if is_part and not is_held and "if-range" not in headers:
            refused = respond_to(NoSuchPartError(f"the file has {size:,} bytes; leave the range out"))
            refused.headers["Content-Range"] = f"bytes */{size}"
            await refused(scope, receive, send)
            return
        if not is_held:
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"range"]}
        await super().__call__(scope, receive, send)


def _is_part(first: str, last: str) -> bool:
    """Return whether a range has a beginning, and no end before it, or is of so many last bytes."""
    return int(first) <= int(last) if first and last else bool(first or last)


def _lies_in(first: str, last: str, size: int) -> bool:
    return int(first) < size if first else int(last or 0) > 0 and size > 0
