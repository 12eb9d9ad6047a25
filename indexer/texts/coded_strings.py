"""Columns of strings as codes into their values, so that work on a string is done once and not once a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.computed_once import computed_once
from address_match.indexer.texts.distinct_numbers import distinct_codes

JOINT = "\x1f"
"""Between the strings of joined columns; no field holds it."""
_FEW_ROWS = 512
"""Rows up to which Python codes a column sooner than Arrow."""


@dataclass(eq=False)
class Coded:
    """A column of strings: the value of each row by its code. It does not change.

    Of a single address two hundred are made: to make a frozen one takes three times as long.
    """

    codes: NDArray[np.int64]
    """Shape (rows,)."""
    values: list[str]

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> "Coded":
        """Code a column of an Arrow table."""
        if len(column) <= _FEW_ROWS:
            return cls.of_rows(column.to_pylist())
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        coded = whole.dictionary_encode()
        return cls(coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist())

    @classmethod
    def uncoded(cls, strings: Iterable[str]) -> "Coded":
        """Take strings as they are, of which hardly any two are equal."""
        values = list(strings)
        return cls(np.arange(len(values)), values)

    @classmethod
    def of_rows(cls, strings: Sequence[str]) -> "Coded":
        """Code a plain list of strings."""
        values = list(dict.fromkeys(strings))
        if len(values) <= 1:
            return cls(np.zeros(len(strings), dtype=np.int64), values)
        numbers = dict(zip(values, range(len(values)), strict=True))
        codes = map(numbers.__getitem__, strings)
        return cls(np.fromiter(codes, dtype=np.int64, count=len(strings)), values)

    @classmethod
    def stacked(cls, columns: Sequence["Coded"]) -> "Coded":
        """Put columns below each other, coded alike."""
        merged = cls.of_rows([value for column in columns for value in column.values])
        starts = accumulate((len(column.values) for column in columns), initial=0)
        codes = [column.codes + start for column, start in zip(columns, starts, strict=False)]
        return cls(merged.codes[np.concatenate(codes)], merged.values)

    @computed_once
    def said(self) -> NDArray[np.bool_]:
        """Shape (values,): whether the value is not empty."""
        return np.fromiter(map(bool, self.values), dtype=bool, count=len(self.values))

    @computed_once
    def strings(self) -> NDArray[np.object_]:
        """Shape (values,): the values as an array, out of which many are picked at once."""
        return np.array(self.values, dtype=object)

    def to_arrow(self) -> pa.DictionaryArray:
        """Return the column as Arrow keeps codes and their values."""
        return pa.DictionaryArray.from_arrays(pa.array(self.codes), pa.array(self.values, pa.string()))

    def map(self, change: Callable[[str], str]) -> "Coded":
        """Apply a function to each value."""
        return Coded(self.codes, list(map(change, self.values)))

    def joined(self, *others: "Coded") -> "Coded":
        """Write the columns of the same rows behind each other, `JOINT` between them."""
        codes, values = self.codes, self.values
        for other in others:
            width = len(other.values)
            if width == 1:
                values = [f"{value}{JOINT}{other.values[0]}" for value in values]
                continue
            distinct, codes = distinct_codes(codes * width + other.codes, len(values) * width)
            values = [
                f"{values[key // width]}{JOINT}{other.values[key % width]}" for key in distinct.tolist()
            ]
        return Coded(codes, values)

    def numbers(self, change: Callable[[str], int]) -> NDArray[np.int64]:
        """Apply a function that gives a number to each value; return its results per row."""
        found: NDArray[np.int64] = np.array(list(map(change, self.values)), dtype=np.int64)[self.codes]
        return found

    def rows(self) -> list[str]:
        """Return the strings, a row each."""
        return [self.values[code] for code in self.codes.tolist()]

    def at(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the strings of some rows."""
        strings: list[str] = self.strings[self.codes[rows]].tolist()
        return strings

    def value_at(self, row: int) -> str:
        """Return the string of one row."""
        return self.values[self.codes.item(row)]

    def said_by_row(self) -> NDArray[np.bool_]:
        """Return for each row whether its string is not empty."""
        return self.said[self.codes]

    def said_at(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for some rows whether their strings are not empty."""
        return self.said[self.codes[rows]]

    def merged(self) -> "Coded":
        """Give equal values, as a function may have made them, one code."""
        values = Coded.of_rows(self.values)
        return Coded(values.codes[self.codes], values.values)
