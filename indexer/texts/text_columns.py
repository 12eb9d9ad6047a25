"""Texts of a reference of which a column is read where it is asked for: completing what is typed reads three columns of most
streets, and ten of those in which the number stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from address_match.indexer.texts.candidate_texts import Ranges, StoredColumns
from address_match.indexer.texts.dictionary_columns import values_of


class TextColumns(Protocol):
    """Some texts, by columns of `address_match.indexer.texts.schemas.LISTED_SCHEMA`."""

    def __len__(self) -> int:
        """Return how many texts there are."""
        ...

    def values(self, *names: str) -> Sequence[list[Any]]:
        """Return the values of some columns, a text each; None for a number that is not held."""
        ...


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The texts of a table."""

    texts: pa.Table

    def __len__(self) -> int:
        return int(self.texts.num_rows)

    def values(self, *names: str) -> list[list[Any]]:
        """Return the values of some columns."""
        return values_of(self.texts, *names)


@dataclass(frozen=True, slots=True)
class RangesOfColumns:
    """The texts in ranges of rows of stored columns."""

    columns: StoredColumns
    ranges: Ranges

    def __len__(self) -> int:
        return sum(behind - first for first, behind in self.ranges)

    def values(self, *names: str) -> list[list[Any]]:
        """Return the values of some columns."""
        return [self.columns.values(name, self.ranges) for name in names]
