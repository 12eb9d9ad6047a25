"""CSV and Parquet files of a reference, written piece by piece."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from address_match.models.synthesis.errors import UnknownReferenceSuffixError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

COLUMNS: tuple[str, ...] = (
    "uprn",
    "address",
    "postcode",
    "text_kind",
    "language",
    "valid_from",
    "valid_to",
    "parent_uprn",
    "classification",
    "country",
    "status",
    "latitude",
    "longitude",
    "easting",
    "northing",
)
_NUMERIC = frozenset({"latitude", "longitude", "easting", "northing"})

Row = tuple[object, ...]
Encoder = Callable[[Sequence[Row]], bytes]


class OpenReference(Protocol):
    """A reference file that takes rows that an `Encoder` of the same kind has encoded."""

    def write(self, encoded: bytes, /) -> object:
        """Write encoded rows behind those before."""


def encoder_for(path: Path) -> Encoder:
    """Return how rows become bytes, by the suffix of the path, .csv or .parquet.

    Raises `UnknownReferenceSuffixError` for another one.
    """
    encoders: dict[str, Encoder] = {".csv": _csv_bytes, ".parquet": _arrow_bytes}
    if path.suffix.lower() not in encoders:
        raise UnknownReferenceSuffixError(path, tuple(encoders))
    return encoders[path.suffix.lower()]


@contextmanager
def open_reference(path: Path) -> Iterator[OpenReference]:
    """Open a new file with its header; a file that is there is replaced."""
    if encoder_for(path) is _csv_bytes:
        with path.open("wb") as file:
            file.write(_csv_bytes([COLUMNS]))
            yield file
        return
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, _schema(), compression="zstd") as writer:
        yield _ParquetReference(writer)


def _csv_bytes(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _schema() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema([(name, pa.float64() if name in _NUMERIC else pa.string()) for name in COLUMNS])


def _arrow_bytes(rows: Sequence[Row]) -> bytes:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    table = pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, _schema(), strict=True)],
        schema=_schema(),
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


class _ParquetReference:
    def __init__(self, writer: "pq.ParquetWriter") -> None:
        self._writer = writer

    def write(self, encoded: bytes, /) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.ipc.open_stream(encoded).read_all())
