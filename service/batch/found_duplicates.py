"""The pairs of identifiers that name one place of the reference, as far as the rows of a file met them."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEPT = 100_000
"""Different pairs that are kept, so that memory does not grow with the file."""
COLUMNS = ("uprn", "duplicate_uprn", "reason", "rows")


@dataclass(slots=True)
class FoundDuplicates:
    """Duplicates of the reference, added up batch by batch."""

    rows: int = 0
    """Rows whose best candidate has another identifier."""
    pairs: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """Two identifiers in the order of the alphabet and why they are taken for one place, with the rows that met them."""

    def add(self, found: Iterable[Any]) -> None:
        """Take in what `duplicate_pairs` says of the rows of a batch."""
        for of_row in filter(None, found):
            self.rows += 1
            for pair in map(tuple, of_row):
                if pair in self.pairs or len(self.pairs) < KEPT:
                    self.pairs[pair] = self.pairs.get(pair, 0) + 1

    def as_text(self) -> str:
        """Give the counts as a line for a person."""
        return f"{self.rows:,} rows met two identifiers of one place, {len(self.pairs):,} pairs"

    def lines(self) -> list[Sequence[object]]:
        """Return the pairs, those that most rows met first, as rows of `COLUMNS`."""
        ranked = sorted(self.pairs.items(), key=lambda of_pair: (-of_pair[1], of_pair[0]))
        return [(*pair, rows) for pair, rows in ranked]

    def write(self, path: Path) -> None:
        """Write the pairs as CSV."""
        with path.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream, lineterminator="\n")
            lines.writerow(COLUMNS)
            lines.writerows(self.lines())
