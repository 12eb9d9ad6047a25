"""Answers that outlive their run: those of a log first, then those that are still to be found, and the parts of several
runs as one.
"""

from collections.abc import Iterable, Iterator, Sequence

from address_match.service.batch.kept.answer_log import AnswerLog, Columns
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.workers import OpenWork, Processes, work_in_order
from address_match.service.errors import RunFailedError


def answered_in_order(
    batches: Iterable[RowBatch], open_work: OpenWork[Columns], jobs: Processes, log: AnswerLog
) -> Iterator[tuple[RowBatch, Columns]]:
    """Yield batches in their order with the answers of the log, the rest as `work_in_order` does; the log gets those
    before they are yielded.

    Raises RunFailedError where the log holds answers to other rows.
    """
    stream = iter(batches)
    for answers in log.answers():
        yield _together(next(stream, None), answers, log)
    log.cut()
    for batch, answers in work_in_order(stream, open_work, jobs):
        log.append(answers)
        yield batch, answers
    log.finish()


def merged_in_order(
    batches: Iterable[RowBatch], logs: Sequence[AnswerLog]
) -> Iterator[tuple[RowBatch, Columns]]:
    """Yield batches in their order with the answers of the parts, which share them out in turn; `logs` are in the order
    of the parts.

    Raises RunFailedError for a part that is not complete, or holds answers to other rows.
    """
    found = [log.answers() for log in logs]
    for number, batch in enumerate(batches):
        turn = number % len(logs)
        yield _together(batch, next(found[turn], None), logs[turn])
    for log, rest in zip(logs, found, strict=True):
        if next(rest, None) is not None or not log.complete:
            raise _is_not_whole(log)


def _together(batch: RowBatch | None, answers: Columns | None, log: AnswerLog) -> tuple[RowBatch, Columns]:
    if batch is None or answers is None or len(answers[0]) != len(batch):
        raise _is_not_whole(log)
    return batch, answers


def _is_not_whole(log: AnswerLog) -> RunFailedError:
    return RunFailedError(
        f"{log.path} does not hold the answers to its rows, no more and no less; match that part anew"
    )
