"""The labels that stand, and those to adjudicate, as files."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from address_match.indexer.sources.table import open_table
from address_match.service.evaluation.hand_verdicts import rows_by_number
from address_match.service.lifecycle.labels.label_file import ID, NOTE, UPRN, VERDICT, label_writer
from address_match.service.lifecycle.labels.label_set import Contradiction, Label
from address_match.service.lifecycle.labels.sample import SampledAnswer
from address_match.service.lifecycle.labels.verdict import Judgement

WEIGHT, TRUTH, SAID, ROW = "label_weight", "uprn", "label_said", "label_row"
_SAYING = (VERDICT, UPRN, NOTE)
"""Columns of what a coder says."""


def write_labels(path: Path, labels: Sequence[Label], *, force: bool) -> None:
    """Write labels so that `evaluate`, `train bundle` and `retrain` read them: the address, its premises, its weight."""
    weights = pa.array([one.weight for one in labels], pa.float64())
    columns = _answer_columns([one.answer for one in labels]).append_column(WEIGHT, weights)
    verdicts, uprns, notes = _said([one.judgement for one in labels])
    added = (TRUTH, *_SAYING)
    with label_writer(path, columns.schema, added, force=force, for_people=False) as writer:
        writer.write(columns, [uprns, verdicts, uprns, notes])


def write_verdicts(path: Path, labels: Sequence[Label]) -> None:
    """Write verdicts so that `label import` reads them; CSV and TSV hold nothing that a spreadsheet would run."""
    columns = _answer_columns([one.answer for one in labels])
    rows = pa.array([one.answer.row for one in labels], pa.int64())
    columns = columns.append_column(ROW, rows)
    with label_writer(path, columns.schema, _SAYING, force=False, for_people=True) as writer:
        writer.write(columns, _said([one.judgement for one in labels]))


def write_labelled(path: Path, answers: Path, labels: Sequence[Label]) -> None:
    """Write all rows of a file of answers, in their order, with the verdict on each, the premises that is meant and
    what was noted.

    They are empty where nothing stands. Raises UsageError where the format of `path` cannot hold the rows.
    """
    by_row = {one.answer.row: one.judgement for one in labels}
    with (
        open_table(answers) as table,
        label_writer(path, table.schema, _SAYING, force=False, for_people=True) as writer,
    ):
        for data, here in rows_by_number(table, range(1, sys.maxsize)):
            writer.write(data, _said([by_row.get(row) for row in here]))


def _said(judgements: Sequence[Judgement | None]) -> list[list[object]]:
    """Return what is said of each row in the columns of `_SAYING`, empty where nothing is."""
    return [
        [one.verdict.value if one else "" for one in judgements],
        [one.uprn if one else "" for one in judgements],
        [one.note if one else "" for one in judgements],
    ]


def write_contradictions(path: Path, contradictions: Sequence[Contradiction], *, force: bool) -> None:
    """Write what coders contradict each other in, the answer shown, for whoever adjudicates."""
    columns = _answer_columns([one.answer for one in contradictions])
    nothing = [""] * len(contradictions)
    said: list[object] = [said_by_each(one) for one in contradictions]
    with label_writer(path, columns.schema, (SAID, *_SAYING), force=force, for_people=True) as writer:
        writer.write(columns, [said, nothing, nothing, nothing])


def said_by_each(contradiction: Contradiction) -> str:
    """Say in one line what each coder says, without the notes: they would lead whoever adjudicates."""
    return "; ".join(f"{coder}: {one}" for coder, one in sorted(contradiction.judgements.items()))


def _answer_columns(answers: Sequence[SampledAnswer]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {
            ID: pa.array([one.id for one in answers], pa.string()),
            "address": pa.array([one.address for one in answers], pa.string()),
            "match_status": pa.array([one.status for one in answers], pa.string()),
            "match_uprn": pa.array([one.uprn for one in answers], pa.string()),
            "match_address": pa.array([one.matched_address for one in answers], pa.string()),
            "match_probability": pa.array([one.probability for one in answers], pa.float64()),
        }
    )
