"""Made-up files of every format that is read, with any text in their cells."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from tests.indexer.sources.formats.workbooks import workbook

COLUMNS = ("uprn", "address", "note")
_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_ADDRESS = st.sampled_from(["1 mill lane", "2 Mill Lane, Café", "nowhere", ""]) | _CELL
_ROWS = st.lists(st.tuples(_CELL, _ADDRESS, _CELL), min_size=1, max_size=12)

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that is as its format wants it."""

    suffix: str
    """Of its name, from which its format is told."""
    content: bytes
    rows: int


def delimited(suffix: str, delimiter: str) -> st.SearchStrategy[MadeFile]:
    """Give files of quoted rows."""

    def written(rows: list[Row]) -> MadeFile:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerows([COLUMNS, *rows])
        return MadeFile(suffix, text.getvalue().encode(), len(rows))

    return _ROWS.map(written)


def json_lines() -> st.SearchStrategy[MadeFile]:
    """Give files of one object per line, whose values are texts or of other kinds."""
    odd = st.none() | st.booleans() | st.integers() | st.floats() | st.lists(st.integers(), max_size=2)
    rows = st.lists(st.tuples(_CELL, _ADDRESS | odd, _CELL | odd), min_size=1, max_size=12)

    def written(rows: list[tuple[object, ...]], *, plain: bool) -> MadeFile:
        lines = [json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=plain) for row in rows]
        return MadeFile(".ndjson", "".join(f"{line}\n" for line in lines).encode(), len(rows))

    return st.builds(written, rows, plain=st.booleans())


def parquet() -> st.SearchStrategy[MadeFile]:
    """Give files whose texts may be broken in UTF-8, and whose other columns are of many kinds."""
    texts = st.lists(st.none() | st.binary(max_size=12) | _ADDRESS.map(str.encode), min_size=1, max_size=12)
    ways = st.fixed_dictionaries(
        {"use_dictionary": st.booleans(), "store_schema": st.booleans(), "row_group_size": st.integers(1, 12)}
    )

    def written(values: list[bytes | None], as_text: AsText, note: Note, way: dict[str, object]) -> MadeFile:
        columns = [pa.array([str(n) for n in range(len(values))]), as_text(values), note(len(values))]
        stream = io.BytesIO()
        pq.write_table(pa.table(columns, COLUMNS), stream, **way)
        return MadeFile(".parquet", stream.getvalue(), len(values))

    return st.builds(written, texts, st.sampled_from(_TEXTS), st.sampled_from(_NOTES), ways)


def json_array() -> st.SearchStrategy[MadeFile]:
    """Give files of one array, whose objects hold others."""
    rows = st.lists(st.tuples(_CELL, _ADDRESS, _CELL), min_size=1, max_size=12)

    def written(rows: list[Row], indent: int | None) -> MadeFile:
        objects = [{"uprn": uprn, "address": {"line_1": line}, "note": [note]} for uprn, line, note in rows]
        return MadeFile(".json", json.dumps(objects, indent=indent).encode(), len(rows))

    return st.builds(written, rows, st.sampled_from([None, 2]))


def workbooks() -> st.SearchStrategy[MadeFile]:
    """Give workbooks; a last cell that is filled keeps every row."""

    def written(rows: list[Row]) -> MadeFile:
        filled = [(uprn, address, f"{note}.") for uprn, address, note in rows]
        return MadeFile(".xlsx", workbook({"A": [COLUMNS, *filled]}), len(rows))

    return _ROWS.map(written)


def packed(files: st.SearchStrategy[MadeFile]) -> st.SearchStrategy[MadeFile]:
    """Give the same files packed by gzip."""
    return files.map(lambda made: MadeFile(f"{made.suffix}.gz", gzip.compress(made.content), made.rows))


AsText = Callable[[list[bytes | None]], pa.Array]
Note = Callable[[int], pa.Array]


def _large(values: list[bytes | None]) -> pa.Array:
    return pa.array(values, pa.large_binary()).view(pa.large_string())


def _plain(values: list[bytes | None]) -> pa.Array:
    return pa.array(values, pa.binary()).view(pa.string())


def _coded(values: list[bytes | None]) -> pa.Array:
    encoded = pa.array(values, pa.binary()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(encoded.indices, encoded.dictionary.view(pa.string()))


_TEXTS: list[AsText] = [_plain, _large, _coded, lambda values: pa.array(values, pa.binary())]
_NOTES: list[Note] = [
    pa.nulls,
    lambda rows: pa.array([1.0, None, float("nan")] * rows)[:rows],
    lambda rows: pa.array([2**62] * rows, pa.timestamp("ms")),
    lambda rows: pa.array([1, None] * rows, pa.timestamp("ns", "Europe/London"))[:rows],
    lambda rows: pa.array([date(2026, 1, 1)] * rows, pa.date32()),
    lambda rows: pa.array([{"a": ["x"], "b": None}] * rows),
    lambda rows: pa.array([["a", None]] * rows),
    lambda rows: pa.array([7, 8] * rows)[:rows].dictionary_encode(),
    lambda rows: pa.array([b"\xff"] * rows, pa.binary(1)),
]
