"""The answers that a candidate gives otherwise, for people to look at: a file with addresses, both answers, and why
each is as it is.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

from address_match.service.batch.output.destination import replaced_at_the_end
from address_match.service.batch.output.writers import format_of, open_writer
from address_match.service.lifecycle.comparison.paired_answers import PairedAnswers, changed_rows, lost_rows
from address_match.service.matching.answer import Answer

_OF_AN_ANSWER = ("status", "uprn", "address", "probability", "reason", "match_code")
"""What is written of each answer; reason and match code say why it is so."""


def write_changes(path: Path, paired: PairedAnswers, *, force: bool) -> int:
    """Write a row for each answer that changes, and return how many do; CSV and TSV hold nothing that a spreadsheet
    would run.
    """
    rows = np.flatnonzero(changed_rows(paired)).tolist()
    lost = lost_rows(paired)
    asked = pa.RecordBatch.from_pydict(
        {
            "address": pa.array([paired.queries[row].address for row in rows], pa.string()),
            "truth": pa.array([" ".join(sorted(paired.queries[row].accepted)) for row in rows], pa.string()),
            "lost": pa.array([bool(lost[row]) for row in rows], pa.bool_()),
        }
    )
    sides = (("champion", paired.champion), ("candidate", paired.candidate))
    names = [f"{side}_{name}" for side, _ in sides for name in _OF_AN_ANSWER]
    columns = [[_said(answers[row], name) for row in rows] for _, answers in sides for name in _OF_AN_ANSWER]
    file_format = format_of(str(path))
    for_spreadsheet = file_format in {"csv", "tsv"}
    with (
        replaced_at_the_end(path, force=force) as draft,
        open_writer(draft, file_format, asked.schema, names, for_spreadsheet=for_spreadsheet) as writer,
    ):
        writer.write(asked, columns)
    return len(rows)


def _said(answer: Answer, name: str) -> object:
    if name == "probability":
        return f"{answer.probability:.4f}"
    return str(getattr(answer, name))
