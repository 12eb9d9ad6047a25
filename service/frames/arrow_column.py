"""Values of Python and columns of other libraries as columns of Arrow texts."""

from collections.abc import Iterable

import pyarrow as pa

_NOT_OF_ARROW = (pa.ArrowException, TypeError, ValueError, OverflowError)


def arrow_column(values: Iterable[object]) -> pa.ChunkedArray:
    """Return values as a column of Arrow; what pandas takes for missing (None, NaN, NA, NaT) is null.

    Values of several types, or of one that Arrow lacks, become texts.
    """
    try:
        found = pa.array(values, from_pandas=True)
    except _NOT_OF_ARROW:
        found = pa.array([_text(value) for value in values], pa.string())
    return found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])


def without_views(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of texts in the layout that every kernel of Arrow knows; polars gives views."""
    return column.cast(pa.large_string()) if pa.types.is_string_view(column.type) else column


def _text(value: object) -> str | None:
    try:
        missing = pa.array([value], from_pandas=True).null_count > 0
    except _NOT_OF_ARROW:
        missing = False
    return None if missing else str(value)
