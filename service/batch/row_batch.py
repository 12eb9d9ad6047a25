from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Some consecutive rows of the input."""

    data: pa.RecordBatch
    """Every column of the input, in its order."""
    texts: Sequence[str]
    """The address that each row asks for."""
    errors: Mapping[int, str] = field(default_factory=dict)
    """Positions of rows that could not be read, and why; their text is not matched."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """Positions of rows that were mended before they were matched, and what was wrong with them."""

    kept: Mapping[int, Sequence[object]] = field(default_factory=dict)
    """Positions of rows whose answers stand already, and the values of the added columns in their order."""
    beside: Sequence[Sequence[object]] = ()
    """Columns to write behind the answers, a value per row; none but where an answered input is matched again."""
    given: Sequence[str] = ()
    """The identifier that somebody gave for each row, as it is written; none where none is audited."""

    def __len__(self) -> int:
        return len(self.texts)
