"""Texts of a reference of which a column is read where it is asked for: completing what is typed reads three columns of most
streets, and ten of those in which the number stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from address_match.indexer.texts.candidate_texts import Rows, StoredColumns
from address_match.indexer.texts.dictionary_columns import values_of
from address_match.indexer.texts.schemas import LISTED_SCHEMA


class TextColumns(Protocol):
    """Some texts, by columns of `address_match.indexer.texts.schemas.LISTED_SCHEMA`."""

    def __len__(self) -> int:
        """Return how many texts there are."""
        ...

    def values(self, *names: str) -> Sequence[list[Any]]:
        """Return the values of some columns of strings or whole numbers, a text each."""
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
class RowsOfColumns:
    """The texts in rows of stored columns, which ascend."""

    columns: StoredColumns
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def values(self, *names: str) -> list[list[Any]]:
        """Return the values of some columns."""
        return [self._values(name) for name in names]

    def _values(self, name: str) -> list[Any]:
        if pa.types.is_string(LISTED_SCHEMA.field(name).type):
            return self.columns.strings(name, self.rows).rows()
        found: list[Any] = self.columns.numbers(name, self.rows).tolist()
        return found
