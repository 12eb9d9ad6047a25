"""Worker processes, for every package that has any: begun alike, asked in order, and ended with whoever began them.

Each worker has a pipe of its own and shares neither a lock nor a queue with another. So it may be killed at any moment,
in the midst of a result too, and nobody waits for the rest of it. `concurrent.futures.ProcessPoolExecutor` has one pipe
for all results, whose writing end this process holds as well: it waits for ever for the rest of what a killed worker
was writing.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any, TypeVar

HELD_PER_WORKER = 2
"""One task that is worked on and one that waits: a worker never idles."""
AHEAD_PER_WORKER = 3
"""Tasks that are read before their turn to be yielded: what bounds the memory, and lets one task last longer than
others.
"""

Kept = TypeVar("Kept")
Argument = TypeVar("Argument")
Result = TypeVar("Result")


class WorkerDiedError(RuntimeError):
    """Reports a worker process that ended in the midst of its work, as one does that the system kills for want of
    memory.
    """

    def __init__(self) -> None:
        super().__init__("a worker process died")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one call in a worker."""

    result: Any = None
    error: Exception | None = None

    def value(self) -> Any:
        """Return the result, or raise the error."""
        if self.error is not None:
            raise self.error
        return self.result


def done_in_order(
    function: Callable[[Argument], Result],
    tasks: Iterable[tuple[Kept, Argument]],
    *,
    processes: int,
    opened_by: Callable[[], object] | None = None,
) -> Generator[tuple[Kept, Result], None, None]:
    """Do tasks as `WorkerProcesses.done_in_order` does, in worker processes that are begun for them and end behind
    them.
    """
    with worker_processes(processes) as workers:
        yield from workers.done_in_order(function, tasks, opened_by=opened_by)


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a worker does before the calls that follow, and does not answer; an error in it answers them."""

    opened_by: Callable[[], object]


@dataclass(slots=True)
class _Worker:
    """A worker process as the one that began it sees it."""

    process: BaseProcess
    connection: "Connection[Any, Any]"
    """Closed by either side, it ends the worker."""
    holds: deque[int] = field(default_factory=deque)
    """Numbers of the tasks that it was given and has not answered, in order."""

    def give(self, number: int, call: Callable[[], Any]) -> None:
        """Send a call, which the worker takes at once, whatever it is busy with."""
        self.holds.append(number)
        self.send(call)

    def outcome(self) -> tuple[int, _Outcome]:
        """Return the number of the oldest task and what came of it."""
        try:
            return self.holds.popleft(), self.connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerDiedError from error

    def send(self, call: Callable[[], Any] | _Opening | None) -> None:
        """Send a call, or what is done before those that follow, or None where there will be no more."""
        try:
            self.connection.send(call)
        except OSError as error:
            raise WorkerDiedError from error


class WorkerProcesses:
    """Processes that do one run of tasks after the other, and keep what they hold between two; begun by
    `worker_processes`.
    """

    def __init__(self, workers: list[_Worker]) -> None:
        self._workers = workers

    def done_in_order(
        self,
        function: Callable[[Argument], Result],
        tasks: Iterable[tuple[Kept, Argument]],
        *,
        opened_by: Callable[[], object] | None = None,
    ) -> Generator[tuple[Kept, Result], None, None]:
        """Yield, in order, what is kept of each task here and what a worker process made of its argument.

        Each worker first calls `opened_by`; it and the function travel to the workers, so they are functions of a
        module or partials of such. Raises what they raise, and WorkerDiedError. Where the iterator is closed before its
        end, or an error leaves it, the workers are ended at once; where this process dies, even by SIGKILL, they end by
        themselves.
        """
        coming = enumerate(tasks)
        kept: deque[Kept] = deque()
        done: dict[int, _Outcome] = {}
        turn = 0
        try:
            for worker in self._workers:
                worker.send(_Opening(opened_by or _nothing))
            while True:
                while (
                    len(kept) < len(self._workers) * AHEAD_PER_WORKER
                    and (free := _with_room(self._workers))
                    and (task := next(coming, None))
                ):
                    number, (of_task, argument) = task
                    kept.append(of_task)
                    free.give(number, partial(function, argument))
                if not kept:
                    return
                done.update(_outcomes(self._workers, wait_for_one=turn not in done))
                if turn in done:
                    yield kept.popleft(), done.pop(turn).value()
                    turn += 1
        except BaseException:  # what they work on has nobody to go to
            self.end()
            raise

    def finish(self) -> None:
        """Let the workers that were not ended do so by themselves, and wait for that."""
        for worker in self._workers:
            if not worker.connection.closed:
                worker.send(None)
                worker.process.join()

    def end(self) -> None:
        """End the workers, whatever they are busy with."""
        for worker in self._workers:
            worker.connection.close()
            if worker.process.pid is not None:
                worker.process.terminate()
                worker.process.join()


@contextmanager
def worker_processes(count: int) -> Iterator[WorkerProcesses]:
    """Begin worker processes anew (`spawn`), which end with the context: a fork would copy the threads of numpy and
    faiss in whatever state they are.
    """
    context = multiprocessing.get_context("spawn")
    workers: list[_Worker] = []
    processes = WorkerProcesses(workers)
    try:
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            workers.append(_Worker(process, ours))
            process.start()
            theirs.close()
        yield processes
        processes.finish()
    finally:
        processes.end()


def _with_room(workers: list[_Worker]) -> _Worker | None:
    least = min(workers, key=lambda worker: len(worker.holds))
    return least if len(least.holds) < HELD_PER_WORKER else None


def _outcomes(workers: list[_Worker], *, wait_for_one: bool) -> Iterator[tuple[int, _Outcome]]:
    """Yield the numbers of tasks that are done and what came of them; at least one if it is to be waited for."""
    by_connection: dict[object, _Worker] = {worker.connection: worker for worker in workers}
    for ready in wait([worker.connection for worker in workers], None if wait_for_one else 0):
        yield by_connection[ready].outcome()


def _work(connection: "Connection[Any, Any]") -> None:
    """Make the calls that the process asks for that began this one, until it asks no more."""
    # A Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The processes share the cores already; numeric libraries read this when they are imported, which the first call
    # does.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    received: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, received), daemon=True, name="receive").start()
    opened = _Outcome()
    while (call := ForkingPickler.loads(received.get())) is not None:
        if isinstance(call, _Opening):
            opened = _outcome(call.opened_by)
        else:
            connection.send(opened if opened.error else _outcome(call))


def _nothing() -> None:
    """Open nothing."""


def _outcome(call: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(call())
    except Exception as error:  # noqa: BLE001 - it is raised where the result is read
        error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)))
        return _Outcome(error=error)


def _receive(connection: "Connection[Any, Any]", received: "SimpleQueue[bytes]") -> None:
    """Take calls as they come, so that nobody waits to send one; end this process with the one that began it."""
    try:
        while True:
            received.put(connection.recv_bytes())
    except (EOFError, OSError):
        os._exit(1)
