"""Work on batches in this process or in several, each of which opens what it needs for itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any, Protocol, TypeVar

from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import RunFailedError
from address_match.worker_processes import WorkerDiedError, WorkerProcesses, done_in_order

_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)


class BatchWork(Protocol[_Result_co]):
    """What is done with each batch of a file."""

    def run(self, texts: Sequence[str], errors: Mapping[int, str], given: Sequence[str]) -> _Result_co:
        """Work on the texts of a batch; `errors` are the positions of those that could not be read, and why.

        `given` are the identifiers that an audit asks of, one a text; none where there is no audit.
        """
        ...

    def close(self) -> None:
        """Release what was opened."""
        ...


OpenWork = Callable[[], BatchWork[_Result]]
"""Opens the work; it travels to worker processes, so it is a function of a module or a partial of one."""
Processes = int | WorkerProcesses
"""How many worker processes are begun, 1 for none but this one; or those that wait for work already, and wait again
behind it.
"""


def work_in_order(
    batches: Iterable[RowBatch], open_work: OpenWork[_Result], jobs: Processes
) -> Iterator[tuple[RowBatch, _Result]]:
    """Yield batches in their order with what came of them, from worker processes or this one, as `jobs` say."""
    if jobs == 1:
        yield from _work_here(batches, open_work)
    else:
        yield from _work_in_others(batches, open_work, jobs)


def _work_here(
    batches: Iterable[RowBatch], open_work: OpenWork[_Result]
) -> Iterator[tuple[RowBatch, _Result]]:
    with closing(open_work()) as work:
        for batch in batches:
            yield batch, work.run(batch.texts, batch.errors, batch.given)


def _work_in_others(
    batches: Iterable[RowBatch], open_work: OpenWork[_Result], jobs: Processes
) -> Iterator[tuple[RowBatch, _Result]]:
    tasks = ((batch, (batch.texts, dict(batch.errors), batch.given)) for batch in batches)
    worked = partial(done_in_order, processes=jobs) if isinstance(jobs, int) else jobs.done_in_order
    try:
        yield from worked(_run, tasks, opened_by=partial(_open_worker, open_work))
    except WorkerDiedError as error:
        raise RunFailedError(
            "a worker process ended unexpectedly, perhaps for want of memory; try fewer --jobs"
        ) from error


class _Worker:
    """The work of a worker process, opened by its first batch so that a failure reaches the parent."""

    def __init__(self, open_work: OpenWork[Any]) -> None:
        self._open_work = open_work
        self._work: BatchWork[Any] | None = None

    def run(self, texts: Sequence[str], errors: Mapping[int, str], given: Sequence[str]) -> Any:
        if self._work is None:
            self._work = self._open_work()
        return self._work.run(texts, errors, given)

    def close(self) -> None:
        if self._work is not None:
            self._work.close()


def _nothing() -> BatchWork[Any]:
    raise NotImplementedError


_worker = _Worker(_nothing)


def _open_worker(open_work: OpenWork[Any]) -> None:
    global _worker  # noqa: PLW0603 - a pool hands its tasks nothing but their arguments
    _worker.close()
    _worker = _Worker(open_work)


def _run(task: tuple[Sequence[str], Mapping[int, str], Sequence[str]]) -> Any:
    return _worker.run(*task)
