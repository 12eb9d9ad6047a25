"""Which of several workers takes the next connection: one that has the fewest."""

import asyncio
import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from address_match.service.http.connections.bounded_server import BoundedServer, listen
from address_match.service.http.connections.connection_room import ConnectionCounts, ConnectionRoom
from address_match.service.http.server import make_server
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.connections.test_protocol import HEALTH, application, connected

FOR_LONG = 60.0


def counts_of(workers: int) -> ConnectionCounts:
    return ConnectionCounts(multiprocessing.get_context("spawn"), workers)


def test_a_worker_leaves_a_connection_to_one_that_has_fewer() -> None:
    counts = counts_of(2)
    counts.note(1, 0)

    async def run() -> tuple[bool, bool]:
        room = ConnectionRoom(8, counts, 0, FOR_LONG)
        await room.take()
        leaving = asyncio.create_task(room.leave_to_others())
        await asyncio.sleep(0)
        waits = not leaving.done()
        counts.note(1, 1)
        await leaving
        return waits, leaving.done()

    assert asyncio.run(run()) == (True, True)


def test_a_worker_waits_for_none_that_hangs_or_takes_no_connections() -> None:
    async def leave(counts: ConnectionCounts, seconds: float) -> None:
        room = ConnectionRoom(8, counts, 0, seconds)
        await room.take()
        await room.leave_to_others()

    hanging, gone = counts_of(2), counts_of(2)
    hanging.note(1, 0)
    asyncio.run(leave(hanging, 0.0))
    gone.note(1, 0)
    gone.forget(1)
    asyncio.run(leave(gone, FOR_LONG))


@contextmanager
def two_workers() -> Iterator[tuple[list[BoundedServer], int]]:
    """Serve one socket by two servers, each with an event loop of its own."""
    settings, counts = ServerSettings(), counts_of(2)
    with listen("127.0.0.1", 0) as listening, ExitStack() as ended:
        servers = []
        for number in range(2):
            make_room = partial(ConnectionRoom, counts=counts, worker=number, leave_seconds=FOR_LONG)
            server = make_server(application(settings), settings, listening.dup(), make_room=make_room)
            thread = threading.Thread(target=server.run)
            thread.start()
            ended.callback(thread.join, 30)
            ended.callback(setattr, server, "should_exit", True)
            servers.append(server)
        while counts.fewest() > 1:  # until both accept, each with room for one
            threading.Event().wait(0.01)
        yield servers, int(listening.getsockname()[1])


def test_connections_that_stay_open_are_shared_out_evenly() -> None:
    with two_workers() as (servers, port), ExitStack() as open_:
        for _ in range(8):
            connection = open_.enter_context(connected(port))
            connection.sendall(HEALTH)
            assert connection.recv(20).startswith(b"HTTP/1.1 200")
        assert [server.open_connections() for server in servers] == [4, 4]
