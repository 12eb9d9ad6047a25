"""A service that is told to end while it is put together ends."""

import signal
from collections.abc import Callable, Iterator
from threading import Timer

import pytest
import uvicorn

from address_match.service.http.processes.early_end import EarlyEnd, ended_well_by_signals


@pytest.fixture(autouse=True)
def hang_ups_heard() -> Iterator[None]:
    """Hear hang-ups, as a service at a terminal does, where the tests run under `nohup` too."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


async def _application(_scope: object, _receive: object, _send: object) -> None:
    """Answer nothing."""


def _server() -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(_application, host="127.0.0.1", port=0, lifespan="off", log_config=None)
    )


def _before_it_is_there(number: signal.Signals, server: uvicorn.Server, early: EarlyEnd) -> None:
    signal.raise_signal(number)
    early.hand_to(server)


def _before_it_runs(number: signal.Signals, server: uvicorn.Server, early: EarlyEnd) -> None:
    early.hand_to(server)
    signal.raise_signal(number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("told", [_before_it_is_there, _before_it_runs])
def test_a_server_that_is_told_to_end_too_early_ends_once_it_has_started(
    number: signal.Signals, told: Callable[[signal.Signals, uvicorn.Server, EarlyEnd], None]
) -> None:
    server = _server()
    with ended_well_by_signals() as early:
        told(number, server, early)
        server.run()
    assert server.started


def test_a_server_that_runs_finishes_what_is_open_when_its_terminal_is_gone() -> None:
    server = _server()
    asked = Timer(0.5, signal.raise_signal, [signal.SIGHUP])
    with ended_well_by_signals() as early:
        early.hand_to(server)
        asked.start()
        server.run()
    assert server.started


def test_who_has_hang_ups_ignored_is_not_ended_by_one() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with ended_well_by_signals() as early:
        signal.raise_signal(signal.SIGHUP)
        early.hand_to(server := _server())
    assert not server.should_exit


def test_a_server_that_nobody_ends_stays() -> None:
    server = _server()
    with ended_well_by_signals() as early:
        early.hand_to(server)
    assert not server.should_exit


def test_the_handlers_of_before_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ended_well_by_signals():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
