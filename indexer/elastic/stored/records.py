"""A text of the reference as one value of a document: all that matching needs of it in one read.

Layout: row (8 bytes), number of terms (2 bytes), the term ids (8 bytes each), the vector (a byte a dimension), then the
columns of `address_match.indexer.texts.schemas.STORED_SCHEMA` as a line of separated values; numbers are little-endian. As
JSON the names of the columns took as much room as their values.
"""

import csv
import struct
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
from numpy.typing import NDArray

from address_match.indexer.texts.schemas import STORED_SCHEMA, TEXT_SCHEMA

_HEAD = struct.Struct("<qH")
_TERM_BYTES = 8
_SEPARATOR = "\x1f"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Records:
    """Texts as they came back, ascending by row."""

    texts: pa.Table
    """Columns of `TEXT_SCHEMA`."""
    vectors: NDArray[np.int8]
    """Shape (texts, dimensions)."""

    @property
    def rows(self) -> NDArray[np.int64]:
        """Row of each text."""
        rows: NDArray[np.int64] = self.texts.column("row").to_numpy()
        return rows

    def numbers(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the first and the last number in the street of some texts, shape (texts,) each, -1 for none."""
        first, last = (self.texts.column(name).to_numpy()[texts] for name in ("number", "number_end"))
        return first, last

    def terms(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the term ids of the texts, a ragged array (`address_match.ragged`), and its bounds."""
        column = self.texts.column("term_ids").combine_chunks()
        return column.values.to_numpy(), column.offsets.to_numpy().astype(np.int64)


def pack_record(
    row: int, term_ids: NDArray[np.int64], vector: NDArray[np.int8], stored: dict[str, Any]
) -> str:
    """Pack one text, `stored` being its columns of `STORED_SCHEMA` in order; base64, as the cluster takes it."""
    line = StringIO()
    csv.writer(line, delimiter=_SEPARATOR).writerow(stored.values())
    parts = (
        _HEAD.pack(row, len(term_ids)),
        term_ids.astype("<i8").tobytes(),
        vector.tobytes(),
        line.getvalue().rstrip("\r\n").encode("utf-8"),
    )
    return b64encode(b"".join(parts)).decode("ascii")


def unpack_record(packed: str) -> tuple[int, bytes]:
    """Return the row of a packed text, which tells repeated ones apart, and its bytes."""
    content = b64decode(packed)
    row: int = _HEAD.unpack_from(content)[0]
    return row, content


def read_records(contents: Sequence[bytes], dimensions: int, lacks: Sequence[str] = ()) -> Records:
    """Read unpacked texts, given ascending by row; columns that they lack are empty."""
    heads = [_HEAD.unpack_from(content) for content in contents]
    ends = [_HEAD.size + terms * _TERM_BYTES for _, terms in heads]
    vectors = b"".join(c[end : end + dimensions] for c, end in zip(contents, ends, strict=True))
    term_ids = b"".join(c[_HEAD.size : end] for c, end in zip(contents, ends, strict=True))
    lines = b"\n".join(c[end + dimensions :] for c, end in zip(contents, ends, strict=True))
    offsets = np.cumsum([0, *(terms for _, terms in heads)]).astype(np.int32)
    columns = {
        "row": pa.array([row for row, _ in heads], pa.int64()),
        "term_ids": pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.frombuffer(term_ids, "<i8"))),
    }
    stored = _stored(lines, lacks)
    arrays = [columns[f.name] if f.name in columns else stored.column(f.name) for f in TEXT_SCHEMA]
    return Records(
        pa.Table.from_arrays(arrays, schema=TEXT_SCHEMA),
        np.frombuffer(vectors, np.int8).reshape(len(contents), dimensions),
    )


def _stored(lines: bytes, lacks: Sequence[str]) -> pa.Table:
    if not lines:
        return STORED_SCHEMA.empty_table()
    held = pa.schema([field for field in STORED_SCHEMA if field.name not in lacks])
    read = pc.read_csv(
        BytesIO(lines),
        read_options=pc.ReadOptions(
            column_names=held.names,
            use_threads=False,
            block_size=max(len(lines) + 1, _BLOCK_BYTES),
        ),
        parse_options=pc.ParseOptions(delimiter=_SEPARATOR, newlines_in_values=True),
        convert_options=pc.ConvertOptions(column_types=held, strings_can_be_null=False),
    ).cast(held)
    for name in lacks:
        read = read.append_column(STORED_SCHEMA.field(name), pa.repeat("", read.num_rows))
    return read
