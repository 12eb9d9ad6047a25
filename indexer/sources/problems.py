"""What was wrong with the rows of a reference."""

from collections import Counter
from dataclasses import dataclass, field

from address_match.indexer.sources.table_batch import RowError


@dataclass(slots=True)
class Problems:
    """Errors by kind, all of them counted and the first ones kept."""

    counts: Counter[str] = field(default_factory=Counter)
    first: list[RowError] = field(default_factory=list)
    most_kept: int = 1_000

    def add(self, row: int, what: str, detail: str = "", file: str = "") -> None:
        """Count one error and keep it while there is room."""
        self.counts[what] += 1
        if len(self.first) < self.most_kept:
            self.first.append(RowError(row, what, detail, file))

    def __len__(self) -> int:
        return self.counts.total()
