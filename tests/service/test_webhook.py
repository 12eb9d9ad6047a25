"""What tells a URL something waits for nobody, and repeats no secret."""

import time
from collections.abc import Iterator
from contextlib import suppress
from socket import create_server, socket
from threading import Thread

import pytest

from address_match.service import webhook
from address_match.service.errors import UsageError


@pytest.fixture
def silent() -> Iterator[str]:
    """The URL of whoever lets itself be called and says nothing."""
    with create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"


def test_whoever_hangs_is_not_waited_for_long(silent: str) -> None:
    assert webhook.is_taken(silent, {"level": "warn"}, seconds=0.05) is False


@pytest.fixture
def dripping() -> Iterator[str]:
    """The URL of whoever answers without end, a letter at a time."""
    with create_server(("127.0.0.1", 0)) as listening:
        answering = Thread(target=_drip, args=(listening,))
        answering.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        answering.join()


def _drip(listening: socket) -> None:
    with listening.accept()[0] as called, suppress(OSError):
        while True:
            called.sendall(b"H")
            time.sleep(0.01)


def test_an_answer_that_comes_letter_by_letter_is_not_waited_for(dripping: str) -> None:
    assert webhook.is_taken(dripping, {"level": "warn"}, seconds=0.5) is False


def test_a_url_that_is_none_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="no URL such as") as refused:
        webhook.host_of("chat.example/secret")
    assert "secret" not in str(refused.value)
