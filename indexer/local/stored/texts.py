"""The texts of the reference, memory-mapped, and the words that stand in each."""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.lexical.vocabulary import TERM_IDS
from address_match.indexer.storage.arrays import map_array, save_array
from address_match.indexer.texts.candidate_texts import CandidateTexts, Ranges, StoredColumns, Terms
from address_match.indexer.texts.schemas import (
    EQUAL_TEXT_SCHEMA,
    LISTED_COLUMNS,
    SINCE_FORMAT_5,
    STORED_SCHEMA,
    TEXT_SCHEMA,
)
from address_match.indexer.texts.text_columns import RangesOfColumns
from address_match.ragged import bounds_of, places_in_rows

_TEXTS = "texts.arrow"
_TERM_BOUNDS = "text_offsets.npy"
_TERMS = "text_terms.npy"
"""The words of each text as positions in the vocabulary, a ragged array."""
_ROW, _TERM_IDS = TEXT_SCHEMA.field("row"), TEXT_SCHEMA.field("term_ids")
_SEGMENT_ROWS = 2_000_000
"""Rows of one record batch: its texts stay far below Arrow's 2 GiB a column."""


def write_texts(folder: Path, table: pa.Table) -> None:
    """Write texts in their final order, the columns of `RECURRING` coded: these values are written once."""
    with pa.OSFile(str(folder / _TEXTS), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        for start in range(0, max(table.num_rows, 1), _SEGMENT_ROWS):
            segment = table.slice(start, _SEGMENT_ROWS).combine_chunks()
            for batch in segment.to_batches():
                writer.write_batch(batch)


def write_text_terms(folder: Path, terms: NDArray[np.int32], lengths: NDArray[np.int64]) -> None:
    """Write the words of each text, one text after the other, as positions in the vocabulary; and how many each has."""
    save_array(folder, _TERM_BOUNDS, bounds_of(lengths))
    save_array(folder, _TERMS, terms)


def holds_texts(folder: Path) -> bool:
    """Return whether a folder is a generation."""
    return (folder / _TEXTS).is_file()


class TextStore:
    """Reads texts and their words by row."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = pa.memory_map(str(folder / _TEXTS))
        reader = pa.ipc.open_file(self._file)
        self._segments = [_complete(reader.get_batch(i)) for i in range(reader.num_record_batches)]
        self._columns = StoredColumns(self._segments)
        self._shown = [segment.select(LISTED_COLUMNS) for segment in self._segments]
        self._answering = [segment.select(EQUAL_TEXT_SCHEMA.names) for segment in self._segments]
        self._starts = np.cumsum([0, *(segment.num_rows for segment in self._segments)])
        self.term_ids: NDArray[np.int64] = map_array(folder, TERM_IDS)
        """Of each word of the vocabulary, ascending."""
        self._bounds: NDArray[np.int64] = map_array(folder, _TERM_BOUNDS)
        self._terms: NDArray[np.int32] = map_array(folder, _TERMS)
        self._lengths = np.diff(self._bounds).astype(np.int32)

    @property
    def rows(self) -> int:
        """Number of texts."""
        return int(self._starts[-1])

    @property
    def lengths(self) -> NDArray[np.int32]:
        """Number of distinct words of each text."""
        return self._lengths

    def numbers(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the first and the last number of the street of each of the rows, -1 for none."""
        return self._columns.numbers("number", rows), self._columns.numbers("number_end", rows)

    def column(self, name: str) -> pa.ChunkedArray:
        """Return a column of `STORED_SCHEMA` of all texts, values that recur as dictionaries."""
        return pa.chunked_array([segment.column(name) for segment in self._segments])

    def terms(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of all texts as positions in the vocabulary, a ragged array, and its bounds."""
        return self._terms, self._bounds

    def terms_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of the rows as positions in the vocabulary, a ragged array, and its bounds."""
        places, bounds = places_in_rows(self._bounds, rows)
        return self._terms[places], bounds

    def compared(self, rows: NDArray[np.int64]) -> CandidateTexts:
        """Return what matching reads of the texts of ascending rows."""
        return CandidateTexts(self._columns, rows, self._term_ids_of)

    def answering(self, rows: NDArray[np.int64]) -> pa.Table:
        """Return what an answer by equal text reads of the texts of rows, in any order, columns of `EQUAL_TEXT_SCHEMA`."""
        distinct, places = np.unique(rows, return_inverse=True)
        return pa.Table.from_batches([self._taken(self._answering, distinct)]).take(places)

    def whole(self, rows: NDArray[np.int64]) -> pa.Table:
        """Return all that is kept of the texts of ascending rows, columns of `TEXT_SCHEMA`."""
        return self._take(self._segments, rows).select(TEXT_SCHEMA.names)

    def columns_at(self, ranges: Ranges, most: int) -> RangesOfColumns:
        """Return the columns of at most so many texts of ranges of rows."""
        return RangesOfColumns(self._columns, _first_of(ranges, most))

    def listed(self, ranges: Ranges) -> pa.Table:
        """Return what lists show of ranges of rows, in the columns of `LISTED_SCHEMA`.

        Values that recur are coded, unless the rows stand in several segments.
        """
        if len(ranges) == 1:
            first, behind = ranges[0]
            place = int(np.searchsorted(self._starts, first, side="right")) - 1
            if behind <= self._starts[place + 1]:
                part = self._shown[place].slice(first - int(self._starts[place]), behind - first)
                return pa.Table.from_batches([part])
        return self.listed_at(_rows_in(ranges))

    def listed_all(self) -> pa.Table:
        """Return what lists show of all texts, in the columns of `LISTED_SCHEMA`, values that recur as dictionaries.

        It is read from the disk where it is looked at.
        """
        return pa.Table.from_batches(self._shown)

    def listed_at(self, rows: NDArray[np.int64]) -> pa.Table:
        """Return what lists show of rows, which ascend, coded as `listed` has it."""
        parts = self._parts(self._shown, rows)
        if len(parts) == 1:
            return pa.Table.from_batches(parts)
        return pa.Table.from_batches(map(_decoded, parts), _schema_of(LISTED_COLUMNS))

    def _term_ids_of(self, rows: NDArray[np.int64]) -> Terms:
        words, bounds = self.terms_of(rows)
        return self.term_ids[words], bounds

    def _take(self, segments: Sequence[pa.RecordBatch], rows: NDArray[np.int64]) -> pa.Table:
        stored = self._taken(segments, rows)
        ids, bounds = self._term_ids_of(rows)
        term_ids = pa.ListArray.from_arrays(bounds.astype(np.int32), ids)
        columns = pa.Table.from_batches([stored])
        return columns.append_column(_ROW, pa.array(rows, pa.int64())).append_column(_TERM_IDS, term_ids)

    def _taken(self, segments: Sequence[pa.RecordBatch], rows: NDArray[np.int64]) -> pa.RecordBatch:
        parts = [_decoded(part) for part in self._parts(segments, rows)]
        return (
            parts[0] if len(parts) == 1 else pa.concat_batches(parts or [_decoded(segments[0].slice(0, 0))])
        )

    def _parts(self, segments: Sequence[pa.RecordBatch], rows: NDArray[np.int64]) -> list[pa.RecordBatch]:
        """Return the rows of each segment that has any of these, which ascend."""
        bounds = np.searchsorted(rows, self._starts).tolist()
        return [
            segment.take(pa.array(rows[lower:upper] - start))
            for segment, start, (lower, upper) in zip(segments, self._starts, pairwise(bounds), strict=False)
            if lower < upper
        ]

    def close(self) -> None:
        """Give the memory map back."""
        self._columns = StoredColumns(())
        self._segments = self._answering = self._shown = []
        self._file.close()


def _rows_in(ranges: Ranges) -> NDArray[np.int64]:
    return np.concatenate([np.empty(0, np.int64), *(np.arange(*each) for each in ranges)])


def _first_of(ranges: Ranges, most: int) -> Ranges:
    """Return ranges of the first rows, at most so many.

    >>> _first_of([(3, 5), (7, 9), (9, 12)], 3)
    [(3, 5), (7, 8)]
    """
    before = accumulate((behind - first for first, behind in ranges), initial=0)
    return [
        (first, min(behind, first + most - rows))
        for (first, behind), rows in zip(ranges, before, strict=False)
        if rows < most
    ]


def _complete(segment: pa.RecordBatch) -> pa.RecordBatch:
    """Return a segment with the columns that its format lacks, empty."""
    lacking = [name for name in SINCE_FORMAT_5 if name not in segment.schema.names]
    if not lacking:
        return segment
    numbers = pa.array(np.zeros(segment.num_rows, dtype=np.int8))
    nothing = pa.DictionaryArray.from_arrays(numbers, pa.array([""], pa.string()))
    names = [*segment.schema.names, *lacking]
    return pa.RecordBatch.from_arrays([*segment.columns, *[nothing] * len(lacking)], names=names)


def _decoded(part: pa.RecordBatch) -> pa.RecordBatch:
    """Return rows of a segment with their dictionaries written out."""
    columns = [
        column.dictionary.take(column.indices) if isinstance(column, pa.DictionaryArray) else column
        for column in part.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=_schema_of(tuple(part.schema.names)))


@cache
def _schema_of(names: tuple[str, ...]) -> pa.Schema:
    return pa.schema([STORED_SCHEMA.field(name) for name in names])
