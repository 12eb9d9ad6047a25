from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from address_match.service.batch.output.answer_columns import CANDIDATES
from address_match.service.frames.arrow_column import arrow_column


@dataclass(frozen=True, slots=True)
class PandasFrame:
    """A frame of pandas."""

    frame: Any

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, as texts."""
        return tuple(str(name) for name in self.frame.columns)

    def column(self, position: int) -> pa.ChunkedArray:
        """Return one column; it alone is read, so that the others may hold anything."""
        return arrow_column(self.frame.iloc[:, position])

    def with_answers(self, answers: pa.Table) -> object:
        """Assign the answers' columns row by row, whatever the index is."""
        typed = answers.drop_columns([CANDIDATES]) if CANDIDATES in answers.column_names else answers
        added: dict[str, object] = {name: column.array for name, column in typed.to_pandas().items()}
        if typed is not answers:
            # Lists of dicts; pandas by itself would hold arrays of them.
            added[CANDIDATES] = answers[CANDIDATES].to_pylist()
        return self.frame.assign(**added)
