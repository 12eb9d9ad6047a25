"""The texts that matching compares, column by column: a column is read where it is asked for, since matching of a single
address, whose time is that of its many small steps, asks for half of them.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.indexer.texts.distinct_numbers import coded_numbers
from address_match.indexer.texts.packed_strings import PackedStrings
from address_match.indexer.texts.schemas import CANDIDATE_SCHEMA, STORED_SCHEMA
from address_match.ragged import places_in_rows

Rows = NDArray[np.int64]
Ranges = Sequence[tuple[int, int]]
"""Of rows: the first of each and the one behind its last, ascending."""
Terms = tuple[NDArray[np.int64], NDArray[np.int64]]
"""`address_match.indexer.lexical.analysis.term_id` of words, a ragged array (`address_match.ragged`), and its
bounds.
"""
_KEPT_VALUES = 1 << 14
"""Distinct values of a column up to which all are kept as strings of Python, a megabyte each: towns, kinds and the days of forty
years, but not the streets of a country.
"""
_ALL_DIFFERENT = frozenset({"address"})
"""Columns of which hardly any two values are equal, and none is compared with another by its code."""
_FEW_ROWS = 256
"""Rows up to which Python codes numbers sooner than a kernel."""


class StoredColumns:
    """The columns of the texts of a reference, in record batches one after the other; safe to share between threads."""

    def __init__(self, batches: Sequence[pa.RecordBatch]) -> None:
        self._batches = batches
        self._starts = np.cumsum([0, *(batch.num_rows for batch in batches)])
        self._strings: dict[str, list[_Strings]] = {}
        self._numbers: dict[str, NDArray[np.int32]] = {}
        self._listed: dict[str, list[_Strings | _Numbers]] = {}

    def strings(self, name: str, rows: Rows) -> Coded:
        """Return a column of strings of rows, which ascend."""
        columns = self._strings_of(name)
        if len(columns) == 1:
            return columns[0].at(rows)
        return Coded.stacked(
            [column.at(part) for column, part in zip(columns, self._parts(rows), strict=True)]
        )

    def numbers(self, name: str, rows: Rows) -> NDArray[np.int32]:
        """Return a column of integers at some rows, in any order, in the shape of `rows`."""
        if name not in self._numbers:
            columns = [batch.column(name).to_numpy() for batch in self._batches]
            # Of one batch it is no copy.
            self._numbers[name] = columns[0] if len(columns) == 1 else np.concatenate(columns)
        return self._numbers[name][rows]

    def values(self, name: str, ranges: Ranges) -> list[Any]:
        """Return the values of a column of strings or numbers in ranges of rows, None for a number that is not held."""
        if (columns := self._listed.get(name)) is None:
            is_string = pa.types.is_string(STORED_SCHEMA.field(name).type)
            columns = (
                [*self._strings_of(name)] if is_string else [_Numbers(b.column(name)) for b in self._batches]
            )
            self._listed[name] = columns
        if len(columns) == 1:
            return columns[0].within(ranges)
        parts = zip(columns, pairwise(self._starts.tolist()), strict=True)
        return [value for column, bounds in parts for value in column.within(_cut(ranges, *bounds))]

    def _strings_of(self, name: str) -> "list[_Strings]":
        if name not in self._strings:
            differ = name in _ALL_DIFFERENT
            self._strings[name] = [_Strings(batch.column(name), differ=differ) for batch in self._batches]
        return self._strings[name]

    def _parts(self, rows: Rows) -> list[Rows]:
        """Return the rows of each batch, counted from its first."""
        bounds = pairwise(np.searchsorted(rows, self._starts).tolist())
        return [
            rows[lower:upper] - start for start, (lower, upper) in zip(self._starts, bounds, strict=False)
        ]


class CandidateTexts:
    """Some texts of a reference, which keeps the columns of `address_match.indexer.texts.schemas.CANDIDATE_SCHEMA` at least."""

    def __init__(
        self,
        columns: StoredColumns,
        places: Rows,
        terms_at: Callable[[Rows], Terms],
        rows: Rows | None = None,
    ) -> None:
        """Take the texts at some places of the columns, ascending; `rows` are those of the generation where they are
        other ones.
        """
        self._columns = columns
        self._places = places
        self._terms_at = terms_at
        self.rows = places if rows is None else rows
        """Identify each text within its generation, shape (texts,)."""
        self._strings: dict[str, Coded] = {}

    @classmethod
    def of_table(cls, table: pa.Table) -> "CandidateTexts":
        """Take all texts of a table with the columns of `address_match.indexer.texts.schemas.TEXT_SCHEMA`."""
        batches = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
        rows, lists = batches[0].column("row").to_numpy(), batches[0].column("term_ids")
        bounds, ids = lists.offsets.to_numpy().astype(np.int64), lists.values.to_numpy()

        def terms_at(places: Rows) -> Terms:
            of_texts, chosen = places_in_rows(bounds, places)
            return ids[of_texts], chosen

        return cls(StoredColumns(batches), np.arange(len(rows)), terms_at, rows)

    def __len__(self) -> int:
        return len(self._places)

    def strings(self, name: str) -> Coded:
        """Return a column of strings."""
        if name not in self._strings:
            self._strings[name] = self._columns.strings(name, self._places)
        return self._strings[name]

    def numbers(self, name: str) -> NDArray[np.int64]:
        """Return a column of integers, shape (texts,)."""
        return self._columns.numbers(name, self._places).astype(np.int64)

    def listed(self, texts: NDArray[Any], names: Sequence[str]) -> list[dict[str, str | int]]:
        """Return some columns of some texts, by their names, in the order given."""
        columns = [
            self.strings(name).at(texts)
            if pa.types.is_string(CANDIDATE_SCHEMA.field(name).type)
            else self.numbers(name)[texts].tolist()
            for name in names
        ]
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]

    def coded(self, names: Sequence[str]) -> pa.Table:
        """Return some columns of strings as a table, in which values are numbers of the distinct ones."""
        columns = {name: self.strings(name) for name in names}
        return pa.table({name: column.to_arrow() for name, column in columns.items()})

    def terms(self) -> Terms:
        """Return the distinct words of the texts, and their bounds."""
        return self._terms_at(self._places)

    def take(self, texts: NDArray[Any]) -> "CandidateTexts":
        """Return some of the texts, which ascend."""
        return CandidateTexts(self._columns, self._places[texts], self._terms_at, self.rows[texts])


class _Strings:
    """A column of strings of one record batch, as it lies there: coded or not."""

    def __init__(self, column: pa.Array, *, differ: bool = False) -> None:
        """Take a column, and whether its values `differ`, so that none is looked for among the others."""
        self._differ = differ
        is_coded = isinstance(column, pa.DictionaryArray)
        self._codes: NDArray[np.int32] | None = column.indices.to_numpy() if is_coded else None
        self._values: pa.StringArray = column.dictionary if is_coded else column
        self._packed = PackedStrings(self._values)
        self._kept: list[str] = (
            self._values.to_pylist() if is_coded and len(self._values) <= _KEPT_VALUES else []
        )

    def at(self, rows: Rows) -> Coded:
        if self._codes is None:
            packed = self._packed
            return Coded.uncoded(packed.at(rows)) if self._differ else packed.coded_at(rows)
        distinct, codes = _distinct(self._codes[rows])
        return Coded(codes, self._read(distinct))

    def within(self, ranges: Ranges) -> list[str]:
        if self._codes is None:
            return [text for first, behind in ranges for text in self._values[first:behind].to_pylist()]
        codes = [code for first, behind in ranges for code in self._codes[first:behind].tolist()]
        if codes.count(codes[0] if codes else None) == len(codes):  # as most columns of a list are
            return self._read(codes[:1]) * len(codes)
        if self._kept:
            kept = self._kept
            return [kept[code] for code in codes]
        distinct = [*dict.fromkeys(codes)]
        words = dict(zip(distinct, self._read(distinct), strict=True))
        return [words[code] for code in codes]

    def _read(self, places: Sequence[int] | Rows) -> list[str]:
        if self._kept:
            return [self._kept[place] for place in places]
        return self._packed.at(places)


class _Numbers:
    """A column of numbers of one record batch."""

    def __init__(self, column: pa.Array) -> None:
        self._column = column
        self._whole: NDArray[Any] | None = None if column.null_count else column.to_numpy()

    def within(self, ranges: Ranges) -> list[Any]:
        whole = self._whole
        if whole is None:
            return [value for first, behind in ranges for value in self._column[first:behind].to_pylist()]
        return [value for first, behind in ranges for value in whole[first:behind].tolist()]


def _cut(ranges: Ranges, start: int, end: int) -> list[tuple[int, int]]:
    """Return what of ranges lies between two rows, counted from the first of these."""
    return [
        (max(first, start) - start, min(behind, end) - start)
        for first, behind in ranges
        if first < end and behind > start
    ]


def _distinct(numbers: NDArray[np.int32]) -> tuple[Sequence[int] | Rows, NDArray[np.int64]]:
    """Return the distinct ones of some numbers, and for each number its position in them."""
    if len(numbers) > _FEW_ROWS:
        return coded_numbers(numbers.astype(np.int64))
    listed = numbers.tolist()
    if listed.count(listed[0] if listed else None) == len(listed):  # as most columns of one address are
        return listed[:1], np.zeros(len(listed), dtype=np.int64)
    places = {number: place for place, number in enumerate(dict.fromkeys(listed))}
    return [*places], np.array([places[number] for number in listed], dtype=np.int64)
