"""Rows of plain Python: a list of dicts, or of texts; both get a list of dicts back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from address_match.service.frames.arrow_column import arrow_column


@dataclass(frozen=True)
class DictFrame:
    """A list of dicts; a key that a row lacks is missing in it."""

    rows: Sequence[dict[object, object]]

    @cached_property
    def _keys(self) -> tuple[object, ...]:
        return tuple(dict.fromkeys(key for row in self.rows for key in row))

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of all rows, in the order in which they first stand."""
        return tuple(str(key) for key in self._keys)

    def column(self, position: int) -> pa.ChunkedArray:
        """Return the values of one key."""
        return arrow_column([row.get(self._keys[position]) for row in self.rows])

    def with_answers(self, answers: pa.Table) -> object:
        """Return new dicts, the answers behind what the given ones hold."""
        return [{**row, **answer} for row, answer in zip(self.rows, answers.to_pylist(), strict=True)]


@dataclass(frozen=True, slots=True)
class TextFrame:
    """A list of addresses."""

    texts: Sequence[object]
    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The name that the addresses are given."""
        return (self.name,)

    def column(self, position: int) -> pa.ChunkedArray:  # noqa: ARG002 - there is but one
        """Return the addresses."""
        return arrow_column(self.texts)

    def with_answers(self, answers: pa.Table) -> object:
        """Return a dict per address, with the address under its name and the answers behind."""
        return [
            {self.name: text, **answer} for text, answer in zip(self.texts, answers.to_pylist(), strict=True)
        ]
