"""Worker processes, for every package that has any: begun alike, asked in order, and ended with whoever began them."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Kept = TypeVar("Kept")
Argument = TypeVar("Argument")
Result = TypeVar("Result")


@contextmanager
def worker_pool(
    processes: int, open_worker: Callable[..., None] | None = None, *arguments: Any
) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of worker processes, each begun by `open_worker(*arguments)`, for as long as the block lasts.

    They are begun anew (`spawn`): a fork would copy the threads of numpy and faiss in whatever state they are. Where the block is left by
    an exception they are ended at once; where this process dies, even by SIGKILL, they end by themselves.
    """
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(open_worker, arguments),
    )
    try:
        yield pool
    except BaseException:
        # Whatever ended the work, its workers have nothing left to do: without this they finish what they have begun.
        for worker in set(multiprocessing.active_children()) - before:
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def done_in_order(
    pool: ProcessPoolExecutor,
    function: Callable[[Argument], Result],
    tasks: Iterable[tuple[Kept, Argument]],
    *,
    waiting: int,
) -> Iterator[tuple[Kept, Result]]:
    """Yield, in order, what is kept of each task here and what a worker made of its argument.

    At most `waiting` tasks are read ahead, so that memory is bounded. Raises what the function raises, and BrokenProcessPool where a
    worker died.
    """
    ahead: deque[tuple[Kept, Future[Result]]] = deque()
    for kept, argument in tasks:
        ahead.append((kept, pool.submit(function, argument)))
        if len(ahead) >= waiting:
            first, future = ahead.popleft()
            yield first, future.result()
    while ahead:
        first, future = ahead.popleft()
        yield first, future.result()


def _begin(open_worker: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """Begin a worker process."""
    threading.Thread(target=_end_with_parent, daemon=True, name="end-with-parent").start()
    # A Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The processes share the cores already; numeric libraries read this when they are first imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if open_worker is not None:
        open_worker(*arguments)


def _end_with_parent() -> None:
    """Wait for the end of the process that began this one, by the pipe that both hold, and end this one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
