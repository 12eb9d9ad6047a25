from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from address_match.service.frames.arrow_column import without_views


@dataclass(frozen=True, slots=True)
class PolarsFrame:
    """A frame of polars."""

    frame: Any

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.frame.columns)

    def column(self, position: int) -> pa.ChunkedArray:
        """Return one column; it alone is read, so that the others may hold anything, Python's objects too."""
        return without_views(pa.table(self.frame[:, [position]]).column(0))

    def with_answers(self, answers: pa.Table) -> object:
        """Append the answers' columns."""
        polars = next(base for base in type(self.frame).__mro__ if base.__module__.startswith("polars."))
        return self.frame.hstack(polars(answers))
