"""Matching in this process or in several, each with its own matcher over the same memory map."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager

from service.batch.columns import answer_columns, answer_rows
from service.batch.matcher import AddressMatcher, MatchOptions, OpenMatcher
from service.batch.rows import RowBatch
from service.errors import RunFailedError

IN_FLIGHT_PER_WORKER = 2
"""One batch that is matched and one that waits: a worker never idles and memory stays bounded."""

Answered = tuple[RowBatch, list[list[object]]]
"""A batch and the values of the columns that matching adds to it."""


def answer_batches(
    batches: Iterable[RowBatch], open_matcher: OpenMatcher, options: MatchOptions, jobs: int
) -> Iterator[Answered]:
    """Answer batches in their order, in `jobs` worker processes, or in this one when `jobs` is 1."""
    if jobs == 1:
        yield from _answer_here(batches, open_matcher, options)
    else:
        yield from _answer_in_workers(batches, open_matcher, options, jobs)


def _answer_here(
    batches: Iterable[RowBatch], open_matcher: OpenMatcher, options: MatchOptions
) -> Iterator[Answered]:
    with closing(open_matcher()) as matcher:
        for batch in batches:
            answers = answer_rows(matcher, batch.texts, batch.errors, options)
            yield batch, answer_columns(answers, options)


def _answer_in_workers(
    batches: Iterable[RowBatch], open_matcher: OpenMatcher, options: MatchOptions, jobs: int
) -> Iterator[Answered]:
    waiting: deque[tuple[RowBatch, Future[list[list[object]]]]] = deque()
    with _workers(open_matcher, options, jobs) as executor:
        for batch in batches:
            waiting.append((batch, executor.submit(_answer, batch.texts, dict(batch.errors))))
            if len(waiting) >= jobs * IN_FLIGHT_PER_WORKER:
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())


def _finished(batch: RowBatch, future: Future[list[list[object]]]) -> Answered:
    try:
        return batch, future.result()
    except BrokenProcessPool as error:
        raise RunFailedError(
            "a worker process ended unexpectedly, perhaps for want of memory; try fewer --jobs"
        ) from error


@contextmanager
def _workers(open_matcher: OpenMatcher, options: MatchOptions, jobs: int) -> Iterator[ProcessPoolExecutor]:
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(open_matcher, options),
    )
    try:
        yield executor
    except BaseException:
        # Whatever ended the run, its workers have nothing left to do: without this they finish their batches.
        for worker in set(multiprocessing.active_children()) - before:
            worker.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


class _Worker:
    """The matcher of a worker process, opened by its first batch so that a failure reaches the parent."""

    def __init__(self, open_matcher: OpenMatcher, options: MatchOptions) -> None:
        self._open_matcher = open_matcher
        self._options = options
        self._matcher: AddressMatcher | None = None

    def answer(self, texts: Sequence[str], errors: Mapping[int, str]) -> list[list[object]]:
        if self._matcher is None:
            self._matcher = self._open_matcher()
        return answer_columns(answer_rows(self._matcher, texts, errors, self._options), self._options)


_worker: _Worker


def _start_worker(open_matcher: OpenMatcher, options: MatchOptions) -> None:
    global _worker  # noqa: PLW0603 - a pool hands its tasks nothing but their arguments
    # A Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The processes share the cores already; numeric libraries read this when they are first imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _worker = _Worker(open_matcher, options)


def _answer(texts: Sequence[str], errors: Mapping[int, str]) -> list[list[object]]:
    return _worker.answer(texts, errors)
