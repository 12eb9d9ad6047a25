"""Match the rows of a file, batch by batch, and write each with its answer."""

import gc
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from address_match.cycle_search import without_search_for_cycles
from address_match.service.batch.kept.answer_log import AnswerLog
from address_match.service.batch.kept.logged_answers import answered_in_order
from address_match.service.batch.matcher import AddressMatcher, MatchOptions, OpenMatcher
from address_match.service.batch.output.answer_columns import (
    answer_columns,
    answer_rows,
    duplicate_pairs,
    match_columns,
)
from address_match.service.batch.output.writers import RowWriter
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.summary import Summary
from address_match.service.batch.uprn_audit.audit_columns import VERDICT, audit_columns
from address_match.service.batch.workers import Processes, work_in_order
from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.sink import FactSink, NoFacts

BATCH_ROWS = 5_000
"""Large enough to share a batch's fixed costs where most rows are answered without a search, small enough that memory
and a Ctrl-C do not notice it. What is estimated from the beginning of a file looks at whole batches (`FileBeginning`).
"""
STANDING_ROWS = 4 * BATCH_ROWS
"""Of rows of which most have an answer that stands: the few that are matched again share a batch's fixed costs."""
OnAnswers = Callable[[Sequence[str], Mapping[str, Sequence[object]]], None]
"""Is shown the texts of each batch with its added columns by their names."""


@dataclass(frozen=True, slots=True)
class MatchWork:
    """Answers batches with a matcher."""

    matcher: AddressMatcher
    options: MatchOptions
    facts: FactSink
    channel: str = ""

    def run(
        self, texts: Sequence[str], errors: Mapping[int, str], given: Sequence[str]
    ) -> list[list[object]]:
        """Return the columns that matching adds, in the order of `match_columns`, and behind them one that is not
        written: the duplicates.
        """
        with without_search_for_cycles(), self.facts.recording(self.channel, len(texts)):
            rows = answer_rows(self.matcher, texts, errors, self.options)
        columns = answer_columns(rows, self.options, self.matcher.retriever)
        if self.options.audit:
            columns += audit_columns([row.answer for row in rows], given, self.matcher.retriever)
        return [*columns, duplicate_pairs(rows)]

    def close(self) -> None:
        """Close the matcher."""
        gc.unfreeze()
        self.matcher.close()


def match_batches(
    batches: Iterable[RowBatch],
    open_matcher: OpenMatcher,
    writer: RowWriter,
    options: MatchOptions,
    *,
    jobs: Processes = 1,
    summary: Summary | None = None,
    on_batch: Callable[[Summary], None] = lambda _: None,
    on_answers: OnAnswers | None = None,
    log: AnswerLog | None = None,
    recording: Recording | None = None,
) -> Summary:
    """Answer every row and write it with its answer, in order; `on_answers` and `on_batch` are called after each batch.

    `summary` may say already what is known of the run; the counts are added to it. Batches whose answers a `log` holds
    are not answered again, and it keeps those of the others. `recording` says where facts of the answers are kept.
    """
    open_work = partial(_open_match_work, open_matcher, options, recording)
    answered = (
        work_in_order(batches, open_work, jobs)
        if log is None
        else answered_in_order(batches, open_work, jobs, log)
    )
    return write_answers(answered, writer, options, summary=summary, on_batch=on_batch, on_answers=on_answers)


def write_answers(
    answered: Iterable[tuple[RowBatch, list[list[object]]]],
    writer: RowWriter,
    options: MatchOptions,
    *,
    summary: Summary | None = None,
    on_batch: Callable[[Summary], None] = lambda _: None,
    on_answers: OnAnswers | None = None,
) -> Summary:
    """Write rows with their answers as `match_batches` does."""
    names = match_columns(options)
    status, reason, error = (names.index(f"match_{name}") for name in ("status", "reason", "error"))
    summary = Summary() if summary is None else summary
    started = time.monotonic()
    for batch, columns in answered:
        answers, duplicates = columns[: len(names)], columns[len(names) :]
        for row, note in batch.notes.items():
            answers[error][row] = answers[error][row] or note
        for row, values in batch.kept.items():
            for column, value in zip(answers, values, strict=True):
                column[row] = value
        writer.write(batch.data, [*answers, *batch.beside])
        summary.add_notes({**batch.notes, **batch.errors}.values())
        summary.add(answers[status], answers[reason])
        if batch.beside:
            summary.since.add(batch.beside, answers[status], answers[names.index("match_uprn")])
        if options.audit:
            summary.audit.update(str(verdict) for verdict in answers[names.index(VERDICT)])
        for column in duplicates:
            summary.duplicates.add(column)
        if on_answers is not None:
            on_answers(batch.texts, dict(zip(names, answers, strict=True)))
        summary.seconds = time.monotonic() - started
        on_batch(summary)
    return summary


def _open_match_work(
    open_matcher: OpenMatcher, options: MatchOptions, recording: Recording | None
) -> MatchWork:
    """Open the matcher in the process that will use it."""
    matcher = open_matcher()
    if recording is None:
        work = MatchWork(matcher, options, NoFacts())
    else:
        work = MatchWork(matcher, options, recording.open(), recording.channel)
    # What was opened stays until the end; looking through it for cycles again and again costs a twentieth of a run.
    gc.freeze()
    return work
