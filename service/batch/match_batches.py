import time
from collections.abc import Callable, Iterable
from functools import partial

from address_match.service.batch.answer_columns import match_columns
from address_match.service.batch.matcher import MatchOptions, OpenMatcher
from address_match.service.batch.matching_work import open_matching
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.summary import Summary
from address_match.service.batch.workers import worked_in_order
from address_match.service.batch.writers import RowWriter

BATCH_ROWS = 2_000
"""Large enough to share a batch's fixed costs, small enough that memory and a Ctrl-C do not notice it."""


def match_batches(
    batches: Iterable[RowBatch],
    open_matcher: OpenMatcher,
    writer: RowWriter,
    options: MatchOptions,
    *,
    jobs: int = 1,
    summary: Summary | None = None,
    on_batch: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """Answer every row and write it with its answer, in order; `on_batch` hears of each finished batch.

    `summary` may say already what is known of the run; the counts are added to it.
    """
    names = match_columns(options)
    status, reason, error = (names.index(f"match_{name}") for name in ("status", "reason", "error"))
    summary = Summary() if summary is None else summary
    started = time.monotonic()
    for batch, answers in worked_in_order(batches, partial(open_matching, open_matcher, options), jobs):
        for row, note in batch.notes.items():
            answers[error][row] = answers[error][row] or note
        writer.write(batch.data, answers)
        summary.add_notes({**batch.notes, **batch.errors}.values())
        summary.add(answers[status], answers[reason])
        summary.seconds = time.monotonic() - started
        on_batch(summary)
    return summary
