"""The labels that stand, and those to adjudicate, as files."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from address_match.service.labels.label_file import ID, UPRN, VERDICT, label_writer
from address_match.service.labels.label_set import Contradiction, Label
from address_match.service.labels.sample import SampledAnswer

WEIGHT, TRUTH, SAID, ROW = "label_weight", "uprn", "label_said", "label_row"


def write_labels(path: Path, labels: Sequence[Label], *, force: bool) -> None:
    """Write labels so that `evaluate`, `train bundle` and `retrain` read them: the address, its premises, its weight."""
    weights = pa.array([one.weight for one in labels], pa.float64())
    columns = _answer_columns([one.answer for one in labels]).append_column(WEIGHT, weights)
    verdicts: list[object] = [one.judgement.verdict.value for one in labels]
    uprns: list[object] = [one.judgement.uprn for one in labels]
    with label_writer(path, columns.schema, (TRUTH, VERDICT, UPRN), force=force, for_people=False) as writer:
        writer.write(columns, [uprns, verdicts, uprns])


def write_verdicts(path: Path, labels: Sequence[Label]) -> None:
    """Write verdicts so that `label import` reads them; CSV and TSV hold nothing that a spreadsheet would run."""
    columns = _answer_columns([one.answer for one in labels])
    rows = pa.array([one.answer.row for one in labels], pa.int64())
    verdicts: list[object] = [one.judgement.verdict.value for one in labels]
    uprns: list[object] = [one.judgement.uprn for one in labels]
    columns = columns.append_column(ROW, rows)
    with label_writer(path, columns.schema, (VERDICT, UPRN), force=False, for_people=True) as writer:
        writer.write(columns, [verdicts, uprns])


def write_contradictions(path: Path, contradictions: Sequence[Contradiction], *, force: bool) -> None:
    """Write what coders contradict each other in, the answer shown, for whoever adjudicates."""
    columns = _answer_columns([one.answer for one in contradictions])
    nothing = [""] * len(contradictions)
    said: list[object] = [said_by_each(one) for one in contradictions]
    with label_writer(path, columns.schema, (SAID, VERDICT, UPRN), force=force, for_people=True) as writer:
        writer.write(columns, [said, nothing, nothing])


def said_by_each(contradiction: Contradiction) -> str:
    """Say in one line what each coder says."""
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
