"""The kinds of data that addresses come in, each of which gets its answers back in its own kind."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import pyarrow as pa

from address_match.service.errors import UsageError
from address_match.service.frames.arrow_frames import ArrowFrame, batch_frame, reader_frame, relation_frame
from address_match.service.frames.pandas_frame import PandasFrame
from address_match.service.frames.polars_frame import PolarsFrame
from address_match.service.frames.row_frames import DictFrame, TextFrame

ADDRESS = "address"
"""Name of the column of addresses that come without a name."""


class Frame(Protocol):
    """Rows with named columns, in the library that made them."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns in their order; a name may stand twice."""
        ...

    def column(self, position: int) -> pa.ChunkedArray:
        """Return one column, what is missing in it null."""
        ...

    def with_answers(self, answers: pa.Table) -> object:
        """Return the same rows in the same kind of data, the answers' columns behind their own."""
        ...


def frame_of(data: object) -> Frame:
    """Return what `data` holds.

    It is a frame or a series of pandas or polars; a table, batch or reader of PyArrow; a relation of DuckDB, of which
    one of its default connection comes back; any other object that speaks the Arrow C stream protocol, of which a
    PyArrow table comes back; or a list of dicts or of texts, of either of which a list of dicts does. Raises UsageError
    for data of another kind.
    """
    for base in type(data).__mro__:
        made = _KINDS.get((base.__module__.partition(".")[0], base.__name__))
        if made is not None:
            return made(data)
    if isinstance(data, list | tuple):
        return _rows(data)
    if hasattr(data, "__arrow_c_stream__"):
        return ArrowFrame(pa.table(data))
    raise UsageError(
        f"a {type(data).__name__} is no data to match; give a frame of pandas, polars, PyArrow or DuckDB, any other that "
        "speaks the Arrow C stream protocol, or a list of texts or dicts"
    )


def _series(series: Any) -> Any:
    """Return a series as a frame of one column."""
    return series.to_frame(ADDRESS if series.name in {None, ""} else series.name)


def _rows(rows: Iterable[object]) -> Frame:
    given = list(rows)
    dicts = [row for row in given if isinstance(row, dict)]
    if dicts and len(dicts) == len(given):
        return DictFrame(dicts)
    mistaken = next((row for row in given if isinstance(row, dict | list | tuple | bytes)), None)
    if mistaken is not None:
        raise UsageError(
            f"a list of addresses holds texts alone or dicts alone, and this one a {type(mistaken).__name__}"
        )
    return TextFrame(given, ADDRESS)


_KINDS: dict[tuple[str, str], Callable[[Any], Frame]] = {
    ("pandas", "DataFrame"): PandasFrame,
    ("pandas", "Series"): lambda series: PandasFrame(_series(series)),
    ("polars", "DataFrame"): PolarsFrame,
    ("polars", "Series"): lambda series: PolarsFrame(_series(series)),
    ("pyarrow", "Table"): ArrowFrame,
    ("pyarrow", "RecordBatch"): batch_frame,
    ("pyarrow", "RecordBatchReader"): reader_frame,
    ("duckdb", "DuckDBPyRelation"): relation_frame,
    ("_duckdb", "DuckDBPyRelation"): relation_frame,
}
"""By the library and the class, so that none of the libraries is imported."""
