"""The file that goes to a coder and comes back: rows of the answers with three empty columns, or tasks of Label Studio."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.sources.table import open_table
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.output.answer_columns import PREFIX
from address_match.service.batch.output.destination import refuse_unwritable, replaced_at_the_end
from address_match.service.batch.output.writers import RowWriter, format_of, open_writer
from address_match.service.errors import UsageError
from address_match.service.evaluation.hand_verdicts import positions_of, rows_by_number
from address_match.service.lifecycle.labels.label_studio import StudioTasks, is_studio_file, read_studio_file
from address_match.service.lifecycle.labels.sample import SampledAnswer

ID, VERDICT, UPRN, NOTE = "label_id", "label_verdict", "label_uprn", "label_note"
_OF_CODER = (ID, VERDICT, UPRN, NOTE)
_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class WrittenLabel:
    """What a coder wrote about an answer, not looked at yet."""

    where: str
    """File and row, for a person."""
    id: str
    verdict: str
    uprn: str
    note: str | None = None
    """None where there is no place for one: what was noted before stays."""


def refuse_label_file(path: Path, *, force: bool) -> None:
    """Raise UsageError unless `path` can become a file of labels, by its suffix and what stands there."""
    refuse_unwritable(path, force=force)
    if not is_studio_file(path):
        format_of(str(path))


def write_coder_file(path: Path, source: Path, answers: Sequence[SampledAnswer], *, force: bool) -> None:
    """Write rows of a file of answers for a coder, in their order: CSV, TSV, XLSX or NDJSON by suffix, or `.json` for
    Label Studio.

    Of blind answers the columns of the answer are empty. Raises UsageError for a path that cannot be written.
    """
    by_row = {answer.row: answer for answer in answers}
    with (
        open_table(source) as table,
        label_writer(path, table.schema, _OF_CODER, force=force, for_people=True) as writer,
    ):
        for data, here in rows_by_number(table, by_row):
            _write_to_label(writer, data, [by_row[row] for row in here])


def write_kept_file(path: Path, answers: Sequence[SampledAnswer], *, force: bool) -> None:
    """Write answers that are of no file for a coder, as `write_coder_file` does."""
    columns = {
        "address": [one.address for one in answers],
        "match_status": [one.status for one in answers],
        "match_uprn": [one.uprn for one in answers],
        "match_address": [one.matched_address for one in answers],
        "match_probability": [one.probability for one in answers],
    }
    data = pa.RecordBatch.from_pydict(columns)
    with label_writer(path, data.schema, _OF_CODER, force=force, for_people=True) as writer:
        _write_to_label(writer, data, answers)


def _write_to_label(writer: RowWriter, data: pa.RecordBatch, answers: Sequence[SampledAnswer]) -> None:
    blind = pa.array([one.blind for one in answers])
    nothing = [""] * len(answers)
    ids: list[object] = [one.id for one in answers]
    writer.write(_hidden(data, blind), [ids, nothing, nothing, nothing])


@contextmanager
def label_writer(
    path: Path, inputs: pa.Schema, added: Sequence[str], *, force: bool, for_people: bool
) -> Iterator[RowWriter]:
    """Give what writes rows and added columns to `path`, in the format of its suffix; it stands there when the block
    ended well.

    CSV and TSV `for_people` hold nothing that a spreadsheet would run.
    """
    with replaced_at_the_end(path, force=force) as draft:
        if is_studio_file(path):
            tasks = StudioTasks([*inputs.names, *added])
            yield tasks
            draft.write_text(tasks.as_json(), encoding="utf-8")
            return
        file_format = format_of(str(path))
        for_spreadsheet = for_people and file_format in {"csv", "tsv"}
        with open_writer(draft, file_format, inputs, added, for_spreadsheet=for_spreadsheet) as writer:
            yield writer


def read_label_file(path: Path) -> Iterator[WrittenLabel]:
    """Read what a coder wrote, row by row; raises UsageError, which names the row, where the file is torn or lacks a
    column.
    """
    if is_studio_file(path):
        for number, task in read_studio_file(path):
            yield WrittenLabel(f"task {number} of {path}", task.id, task.verdict, task.uprn, task.note)
        return
    with open_table(path) as table:
        wanted = positions_of(
            table, path, [name for name in _OF_CODER if name != NOTE or name in table.columns]
        )
        for batch in table.rows(_BATCH_ROWS):
            refuse_torn(batch, path)
            columns = [batch.strings(position).to_pylist() for position in wanted]
            for number, written in enumerate(zip(*columns, strict=True), batch.first_row):
                yield WrittenLabel(f"row {number} of {path}", *(value.strip() for value in written))


def refuse_torn(batch: TableBatch, path: Path) -> None:
    """Raise UsageError, which names the row, where one could not be read as it was written."""
    if batch.errors:
        error = batch.errors[0]
        raise UsageError(f"row {error.row} of {path} is torn ({error.what}: {error.detail})")


def _hidden(data: pa.RecordBatch, blind: pa.BooleanArray) -> pa.RecordBatch:
    """Leave the answer out of rows."""
    columns = [
        pc.if_else(blind, None, column) if name.startswith(PREFIX) else column
        for name, column in zip(data.schema.names, data.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=data.schema)
