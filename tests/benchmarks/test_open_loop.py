"""Requests at a set rate are counted by what came of them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from benchmarks.harness.open_loop import CLOSED, open_loop

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def answering(answer: Callable[[int], bytes]) -> Iterator[tuple[int, list[int]]]:
    """Answer the requests of each connection by its number; give the port and how many requests each connection sent."""
    asked: list[int] = []

    def speak(connection: socket.socket, number: int) -> None:
        with connection:
            while connection.recv(65_536):
                asked[number] += 1
                connection.sendall(answer(number))

    def accept(listening: socket.socket) -> None:
        with suppress(OSError):  # closed at the end
            while True:
                connection, _ = listening.accept()
                asked.append(0)
                threading.Thread(target=speak, args=(connection, len(asked) - 1), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        threading.Thread(target=accept, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1], asked
        listening.shutdown(socket.SHUT_RDWR)


def test_connections_stay_open_and_all_that_was_asked_is_counted() -> None:
    with answering(lambda _: OK) as (port, asked):
        found = open_loop(["1 mill lane"], port, 200, 1, 3)
    assert sum(asked) == len(found.status) == len(found.of(200)) > 100
    assert len(asked) < len(found.status)


def test_a_refusal_closes_its_connection_and_is_no_answer() -> None:
    with answering(lambda _: BUSY) as (port, asked):
        found = open_loop(["1 mill lane"], port, 50, 1, 3)
    assert (set(found.status), set(asked)) == ({429}, {1})


def test_a_connection_that_nobody_takes_is_counted() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # and does not listen
        found = open_loop(["1 mill lane"], unused.getsockname()[1], 50, 0.2, 3)
    assert set(found.status) == {CLOSED}
