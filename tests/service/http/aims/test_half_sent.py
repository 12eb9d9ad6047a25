"""A client that goes away while it sends is no error of the service."""

import asyncio
import logging

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from tests.service.http.aims.factories import answering


async def _sent_half(client: TestClient, path: str) -> list[Message]:
    """Send the beginning of a body, and go away."""
    pieces: list[Message] = [
        {"type": "http.request", "body": b'{"addr', "more_body": True},
        {"type": "http.disconnect"},
    ]
    coming = iter(pieces)
    said: list[Message] = []

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("testclient", 1),
        "http_version": "1.1",
    }
    await client.app(scope, receive, send)
    return said


@pytest.mark.parametrize("path", ["/aims/bulk", "/aims/addresses/multiuprn"])
def test_half_a_body_is_not_logged_as_an_error(path: str, caplog: pytest.LogCaptureFixture) -> None:
    with answering() as client, caplog.at_level(logging.WARNING):
        said = asyncio.run(_sent_half(client, path))
    assert [message["status"] for message in said if "status" in message] == [499]
    assert caplog.records == []
