"""The records of a volume as tables, a type at a time."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from address_match.indexer.errors import SourceError
from address_match.indexer.products.positions import POSITION, line_of, position
from address_match.indexer.products.premium.record_types import (
    CHANGE_TYPE,
    PASSED_OVER,
    RECORD_TYPES,
    RecordType,
)
from address_match.indexer.products.premium.volume import Block
from address_match.indexer.sources.table_batch import BROKEN_UTF8, RowError
from address_match.indexer.sources.text_stream import mended

_TYPE_OF_PREFIX = {f"{kind.identifier},".encode(): kind for kind in RECORD_TYPES}
_KNOWN = frozenset([*_TYPE_OF_PREFIX, *(f"{identifier},".encode() for identifier in PASSED_OVER)])
_PREFIX = 3
_CHANGES = pa.array(["I", "U", "D", None], pa.string())

Value = str | int | float | date | None


@dataclass(slots=True)
class RecordTables:
    """Reads the blocks of one volume."""

    file: str
    """The name of the volume in messages."""
    number: int
    """The number of its file, from 0, in positions."""
    errors: list[RowError] = field(default_factory=list)
    """Of records that were left out or mended."""

    def tables(self, block: Block) -> Iterator[tuple[RecordType, pa.Table]]:
        """Yield the kept columns of the records of each type, and their `POSITION`.

        Raises SourceError for a record of an unknown type, of another length than its type has, or of an unknown change.
        """
        lines: dict[bytes, list[bytes]] = {}
        places: dict[bytes, list[int]] = {}
        first = position(self.number, block.first_line)
        for place, line in enumerate(block.lines, first):
            prefix = line[:_PREFIX]
            if prefix in lines:
                lines[prefix].append(line)
                places[prefix].append(place)
            else:
                self._refuse_unknown(prefix, place)
                lines[prefix], places[prefix] = [line], [place]
        for prefix, kind in _TYPE_OF_PREFIX.items():
            if prefix in lines:
                yield kind, self._table(kind, lines[prefix], places[prefix])

    def _refuse_unknown(self, prefix: bytes, place: int) -> None:
        if prefix not in _KNOWN:
            shown = prefix.decode("ascii", "replace").rstrip(",\r")
            raise SourceError(
                f"{self.file}, line {line_of(place):,}: a record of the unknown type {shown!r}; is the file damaged?"
            )

    def _table(self, kind: RecordType, lines: Sequence[bytes], places: Sequence[int]) -> pa.Table:
        try:
            table = pacsv.read_csv(
                pa.BufferReader(b"\n".join(lines)),
                read_options=pacsv.ReadOptions(column_names=list(kind.columns), block_size=1 << 30),
                parse_options=pacsv.ParseOptions(ignore_empty_lines=False),
                convert_options=pacsv.ConvertOptions(
                    column_types=kind.kept,
                    include_columns=list(kind.kept),
                    null_values=[""],
                    strings_can_be_null=True,
                ),
            )
        except pa.ArrowInvalid:
            return self._read_one_by_one(kind, lines, places)
        if table.column(kind.key).null_count or table.num_rows != len(lines):
            return self._read_one_by_one(kind, lines, places)
        self._refuse_unknown_change(kind, table.column(CHANGE_TYPE), places)
        return table.append_column(POSITION, pa.array(places, pa.int64()))

    def _read_one_by_one(self, kind: RecordType, lines: Sequence[bytes], places: Sequence[int]) -> pa.Table:
        """Read records of which one at least cannot be read as all others are, and say which."""
        rows: list[dict[str, Value]] = []
        for line, place in zip(lines, places, strict=True):
            fields = next(csv.reader([self._text(line, place)]))
            if len(fields) != len(kind.columns):
                raise SourceError(
                    f"{self.file}, line {line_of(place):,}: a record {kind.identifier} of {len(fields)} fields, which has "
                    f"{len(kind.columns)}; is the file damaged?"
                )
            row = self._row(kind, dict(zip(kind.columns, fields, strict=True)), place)
            if row[kind.key] is not None:
                rows.append({**row, POSITION: place})
        table = pa.Table.from_pylist(rows, schema=table_schema(kind))
        self._refuse_unknown_change(kind, table.column(CHANGE_TYPE), table.column(POSITION).to_pylist())
        return table

    def _refuse_unknown_change(
        self, kind: RecordType, changes: pa.ChunkedArray, places: Sequence[int]
    ) -> None:
        known = pc.is_in(changes, _CHANGES)
        if pc.all(known).as_py() is False:
            first = pc.index(known, False).as_py()
            raise SourceError(
                f"{self.file}, line {line_of(places[first]):,}: a record {kind.identifier} of the change type "
                f"{changes[first].as_py()!r}, which is none of I, U and D; is the file damaged?"
            )

    def _text(self, line: bytes, place: int) -> str:
        text = line.decode("utf-8", "surrogateescape").rstrip("\r")
        if (whole := mended(text)) != text:
            self._report(place, BROKEN_UTF8, "read as Windows-1252")
        return whole

    def _row(self, kind: RecordType, fields: dict[str, str], place: int) -> dict[str, Value]:
        row: dict[str, Value] = {}
        for column, holds in kind.kept.items():
            try:
                row[column] = _value(fields[column], holds)
            except ValueError:
                row[column] = None
                if column != kind.key:
                    self._report(place, f"no {_WORDS[holds]} in {column}", fields[column][:40])
        if row[kind.key] is None:
            self._report(place, f"no number in {kind.key}: record left out", fields[kind.key][:40])
        return row

    def _report(self, place: int, what: str, detail: str) -> None:
        self.errors.append(RowError(line_of(place), what, detail, self.file))


_WORDS = {pa.int64(): "number", pa.float64(): "number", pa.date32(): "date"}


def table_schema(kind: RecordType) -> pa.Schema:
    """Return the columns of the tables of a type."""
    return pa.schema([*kind.kept.items(), (POSITION, pa.int64())])


def _value(text: str, holds: pa.DataType) -> Value:
    """Read a field; raises ValueError where it holds something else."""
    if not text:
        return None
    if holds == pa.int64():
        return int(text)
    if holds == pa.float64():
        return float(text)
    return date.fromisoformat(text) if holds == pa.date32() else text
