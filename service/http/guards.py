"""Wraps the application: bounds bodies, and turns what nobody foresaw into a problem document."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from address_match.service.http import request_id
from address_match.service.http.problems import BodyTooLargeError, respond_to


class BoundedBodies:
    """Refuses a request whose body is larger than `most` bytes, before or while it is read."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read = 0
        refusal: BodyTooLargeError | None = None

        async def bounded() -> Message:
            nonlocal read, refusal
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                refusal = BodyTooLargeError(
                    f"the body is larger than {self._most:,} bytes; send several requests"
                )
                raise refusal
            return message

        async def unless_refused(message: Message) -> None:
            # The framework takes the refusal for a body that it cannot parse: what it says of that is dropped.
            if refusal is None:
                await send(message)

        await self._app(scope, bounded, unless_refused)
        if refusal is not None:
            await respond_to(refusal)(scope, receive, send)


class Outermost:
    """Gives each request a name, answers HEAD as GET without the body, and answers an error that no handler knew with a problem document.

    No message of such an error is logged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = request_id.begin(scope["headers"])
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope = {**scope, "method": "GET"}
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": [*message["headers"], (request_id.HEADER, name.encode())]}
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except (
            Exception
        ) as error:  # the outermost handler: what comes here nobody foresaw, and its client is told so
            if begun:
                raise
            await respond_to(error)(scope, receive, watched)
