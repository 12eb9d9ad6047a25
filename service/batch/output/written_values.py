"""The values of an input's columns on their way into a format of texts."""

import pyarrow as pa

from address_match.indexer.sources.table_batch import bytes_as_text, plain_values


def written_values(column: pa.Array) -> list[object]:
    """Return the values of a column; bytes as text, and what Python has no value for too."""
    kind = column.type
    is_bytes = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    return plain_values(bytes_as_text(column) if is_bytes else column)
