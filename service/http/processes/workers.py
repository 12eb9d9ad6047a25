"""Several processes that serve one socket: begun, watched, replaced when one dies, and ended together."""

import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from socket import socket
from typing import Any

from address_match.service.http.connections.connection_room import ConnectionCounts
from address_match.service.http.processes.heartbeat import Heartbeat
from address_match.service.http.processes.worker import Asked, WorkerPlace

LOOK_SECONDS = 0.25
"""Between two looks whether all workers live, and whether the service shall end."""
REPLY_SECONDS = 2.0
"""How long a worker may take to reply before it counts as one that does not."""
SHORT_LIFE_SECONDS = 10.0
"""A worker that dies sooner is followed by the next one later each time, up to `LONGEST_PAUSE_SECONDS`."""
LONGEST_PAUSE_SECONDS = 30.0
END_SECONDS = 20.0
"""In which a worker has to finish its open requests; more than the server itself gives them."""

Work = Callable[[WorkerPlace], int]
"""Serves until SIGTERM and returns an exit code; it travels to the workers, so it is a function of a module or a partial of one."""

_log = logging.getLogger("address_match.http")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for which the event loop of a worker may be silent; under ten times the load that it can carry it is so for less than one."""

    late: float = 10.0
    """Then its requests do not get on."""
    hung: float = 60.0
    """Then it is ended and replaced. A machine that swaps may be late, and comes back."""


PATIENCE = Patience()


class Phase(StrEnum):
    """How far a service has come."""

    OPENING = "opening"
    """It verifies and opens the index and the models."""
    SERVING = "serving"
    ENDING = "ending"
    """It finishes open requests."""


@dataclass(slots=True)
class _Worker:
    """A worker as the process that began it sees it."""

    number: int
    process: BaseProcess
    connection: "Connection[Any, Any]"
    """Closed by either side, it ends the worker."""
    begun: float
    heartbeat: Heartbeat
    lock: threading.Lock = field(default_factory=threading.Lock)
    questions: int = 0

    def ask(self, asked: Asked) -> Any:
        """Return the reply of the worker, None where there is none in time; any thread may ask."""
        until = time.monotonic() + REPLY_SECONDS
        with self.lock:
            self.questions += 1
            try:
                self.connection.send((self.questions, asked))
                while self.connection.poll(max(0.0, until - time.monotonic())):
                    number, reply = self.connection.recv()
                    if number == self.questions:  # others came too late
                        return reply
            except (EOFError, OSError):
                return None
        return None


class Workers:
    """The workers of one service."""

    def __init__(self, work: Work, listening: socket, count: int, patience: Patience = PATIENCE) -> None:
        """Have that many processes serve a listening socket; none is begun before `start`."""
        self._work = work
        self._listening = listening
        self._context = multiprocessing.get_context(
            "spawn"
        )  # a fork would copy threads in whatever state they are
        self.count = count
        self._counts = ConnectionCounts(self._context, count) if count > 1 else None
        self._patience = patience
        self._workers: dict[int, _Worker] = {}
        self._due: dict[int, float] = {}
        """When the next worker of a number is begun, of those that have none."""
        self._deaths: dict[int, int] = {}
        """Short lives of the workers of a number, one after the other."""
        self._restarts = 0
        self._has_started = False
        self._ending = threading.Event()

    @property
    def phase(self) -> Phase:
        """How far the service has come; any thread may ask."""
        if self._ending.is_set():
            return Phase.ENDING
        return Phase.SERVING if self._has_started else Phase.OPENING

    def start(self) -> int:
        """Begin the first worker and, when it serves, the others; return 0, or the exit code of one that ended instead of serving.

        So a service that cannot start says so once, and the first worker reads for all what their memory shares.
        """
        for numbers in (range(1), range(1, self.count)):
            for number in numbers:
                self._begin(number)
            for number in numbers:
                if code := self._await_start(self._workers[number]):
                    return code
            self._has_started = True
        return 0

    def watch(self) -> None:
        """Replace workers that die or hang, until `end` is called, from a signal handler perhaps."""
        while not self._ending.is_set():
            wait([worker.process.sentinel for worker in self._workers.values()], LOOK_SECONDS)
            if self._ending.is_set():
                return
            for worker in list(self._workers.values()):
                if worker.heartbeat.silence() > self._patience.hung:
                    _log.error("worker %d hangs, and is ended", worker.number)
                    worker.process.kill()
                    worker.process.join()
                if not worker.process.is_alive():
                    self._bury(worker)
            for number, due in list(self._due.items()):
                if due <= time.monotonic():
                    del self._due[number]
                    self._restarts += 1
                    self._begin(number)

    def end(self) -> None:
        """Make `start` and `watch` return."""
        self._ending.set()

    def close(self) -> None:
        """End all workers, after their open requests."""
        workers = list(self._workers.values())
        for worker in workers:
            worker.process.terminate()
        until = time.monotonic() + END_SECONDS
        for worker in workers:
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.connection.close()

    def replies(self, asked: Asked) -> dict[int, Any]:
        """Return what each worker replies, by its number; those that do not are left out."""
        found = {number: worker.ask(asked) for number, worker in list(self._workers.items())}
        return {number: reply for number, reply in found.items() if reply is not None}

    def live(self) -> bool:
        """Return whether the event loop of any worker goes round, or none has begun to; any thread may ask, and no worker is."""
        silent = [worker.heartbeat.silence() for worker in list(self._workers.values())]
        return not silent or min(silent) < self._patience.late

    def restarts(self) -> int:
        """Return how many workers followed one that had died."""
        return self._restarts

    def _begin(self, number: int) -> None:
        ours, theirs = self._context.Pipe()
        heartbeat = Heartbeat(self._context)
        place = (self._listening, theirs, heartbeat, self._counts, number)
        process = self._context.Process(target=_serve, args=(self._work, *place), name=f"worker {number}")
        process.start()
        theirs.close()
        self._workers[number] = _Worker(number, process, ours, time.monotonic(), heartbeat)

    def _await_start(self, worker: _Worker) -> int:
        """Wait until a worker serves; return the exit code of one that ended instead, else 0."""
        while not (self._ending.is_set() or worker.ask(Asked.STARTED)):
            if not worker.process.is_alive():
                return worker.process.exitcode or 1
            wait([worker.process.sentinel], LOOK_SECONDS)
        return 0

    def _bury(self, worker: _Worker) -> None:
        """Let another worker follow one that has died: at once, or after a while where it lived shortly."""
        number, now = worker.number, time.monotonic()
        del self._workers[number]
        if self._counts is not None:
            self._counts.forget(number)
        worker.connection.close()
        is_short = now - worker.begun < SHORT_LIFE_SECONDS
        self._deaths[number] = deaths = self._deaths.get(number, 0) + 1 if is_short else 0
        pause = min(LONGEST_PAUSE_SECONDS, 2.0**deaths) if is_short else 0.0
        self._due[number] = now + pause
        _log.error(
            "worker %d ended with exit code %s; another begins in %g s",
            number,
            worker.process.exitcode,
            pause,
        )


def _serve(
    work: Work,
    listening: socket,
    connection: "Connection[Any, Any]",
    heartbeat: Heartbeat,
    counts: ConnectionCounts | None,
    number: int,
) -> None:
    """Serve as a worker, and exit with the code that comes of it."""
    # A Ctrl-C reaches the whole process group; whoever began this process decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(work(WorkerPlace(listening, connection, heartbeat, counts, number)))
