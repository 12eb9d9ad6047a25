"""A reference after changes: what is held of all premises that they leave alone, and the texts of the others in their
places.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.local.stored.neighbours import read_lists
from address_match.indexer.local.writing.held_texts import HeldTexts
from address_match.indexer.local.writing.text_codes import TextCodes
from address_match.indexer.reference.sorted_reference import (
    OF_TEXTS_ALONE,
    SortedReference,
    counted_over_all,
)
from address_match.indexer.texts.dictionary_columns import as_numbered, coded, numbered, values_in
from address_match.indexer.texts.schemas import RECURRING
from address_match.ragged import bounds_of, places_in_rows

_ROWS_AT_ONCE = 2_000_000
"""Texts that are put in order together: they stay far below Arrow's 2 GiB a column."""


def merged_reference(
    held: HeldTexts, gone: pa.StringArray, new: SortedReference
) -> tuple[SortedReference, TextCodes]:
    """Return the texts of a generation without those of the premises that are `gone`, and the `new` ones among them;
    and their codes.

    It is what a build of all of them makes, except for the lines, which are not known. `new` may have texts of premises
    that are gone and of those that are not held, of no others.
    """
    kept = np.flatnonzero(~pc.is_in(held.texts.column("uprn"), value_set=gone).to_numpy())
    order = np.insert(
        kept, np.searchsorted(kept, _places(held, new)), held.texts.rows + np.arange(len(new.vectors))
    )
    merge = _Merge(held, new, order)
    codes = merge.postcodes()
    texts = pa.table({name: merge.column(name) for name in OF_TEXTS_ALONE})
    texts, premises = counted_over_all(texts, codes)
    words, term_ids, text_terms, lengths = merge.terms()
    merged = SortedReference(
        texts=numbered(texts),
        lines=np.empty(0, dtype=np.int64),
        postcodes=codes,
        vectors=merge.array(held.vectors, new.vectors),
        words=words,
        term_ids=term_ids,
        text_terms=text_terms,
        lengths=lengths,
        premises=premises,
        conflicts=new.conflicts,
        overruled=new.overruled,
        column_names=new.column_names,
    )
    return merged, merge.codes()


def _places(held: HeldTexts, new: SortedReference) -> NDArray[np.int64]:
    """Return before which held row each new text stands in the order of postcode, street, number and what tells houses
    apart.
    """
    starts, ends = held.blocks.ranges_in(values_in(new.postcodes))
    coded_keys = [_values_at(held.texts.column(name)) for name in ("street", "number", "suffix", "unit")]
    uprn = held.texts.column("uprn")

    def key(row: int) -> tuple[Any, ...]:
        return (*(values[numbers[row]] for numbers, values in coded_keys), uprn[row].as_py())

    keys = zip(
        *(new.texts.column(name).to_pylist() for name in ("street", "number", "suffix", "unit", "uprn")),
        strict=True,
    )
    places = [
        start + bisect_left(range(start, end), wanted, key=key)
        for start, end, wanted in zip(starts.tolist(), ends.tolist(), keys, strict=True)
    ]
    return np.array(places, dtype=np.int64)


def _values_at(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], list[Any]]:
    """Return the numbers of a column's values, and these."""
    numbers, values = coded(column)
    return numbers, values.to_pylist()


@dataclass(frozen=True, slots=True)
class _Merge:
    """Puts held and new values of texts in one order: rows of the held ones, and those of the new ones behind the last
    of them.
    """

    held: HeldTexts
    new: SortedReference
    order: NDArray[np.int64]

    def array(self, held: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """Return an array of all texts, from those of held and new ones."""
        merged = np.empty((len(self.order), *held.shape[1:]), dtype=held.dtype)
        if len(held):
            np.take(held, self.order, axis=0, out=merged, mode="clip")
        merged[self.order >= len(held)] = new
        return merged

    def column(self, name: str) -> pa.Array | pa.ChunkedArray:
        """Return a column of all texts; values that recur are coded."""
        held, new = self.held.texts.column(name), self.new.texts.column(name)
        if name in RECURRING:
            return self._coded(held, new)
        parts = [self._written_out(held, new, start) for start in range(0, len(self.order), _ROWS_AT_ONCE)]
        return pa.chunked_array(parts, new.type)

    def _coded(self, held: pa.ChunkedArray | pa.Array, new: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
        numbers, values = coded(held)
        new_numbers, new_values = coded(new)
        both = pa.concat_arrays(
            [values, new_values.filter(pc.invert(pc.is_in(new_values, value_set=values)))]
        )
        places = pc.index_in(new_values, value_set=both).to_numpy()
        return as_numbered(self.array(numbers, places[new_numbers]), both)

    def _written_out(self, held: pa.ChunkedArray, new: pa.ChunkedArray, start: int) -> pa.Array:
        rows = self.order[start : start + _ROWS_AT_ONCE]
        is_new = rows >= len(held)
        held_rows, new_rows = rows[~is_new], rows[is_new] - len(held)
        parts = [_between(held, held_rows), _between(new, new_rows)]
        places = np.empty(len(rows), dtype=np.int64)
        places[~is_new] = held_rows - held_rows[:1].sum()
        places[is_new] = new_rows - new_rows[:1].sum() + len(parts[0])
        return pa.concat_arrays(parts).take(pa.array(places))

    def postcodes(self) -> pa.DictionaryArray:
        """Return the postcode of each text, without a space."""
        return self._coded(self.held.blocks.postcode_of_each(), self.new.postcodes)

    def codes(self) -> TextCodes:
        """Return the codes of all texts, and into which lists the held ones were divided."""
        new = TextCodes.of(self.new.texts)
        writings = self.held.writings()
        lists = read_lists(self.held.folder, self.held.texts.rows)
        if lists is not None:
            none_yet = np.full(len(new.writings), -1)
            lists = replace(lists, of_each=self.array(lists.of_each, none_yet))
        return TextCodes(
            premises=self.array(self.held.blocks.id_of_each(), new.premises),
            writings=self.array(writings, new.writings),
            lists=lists,
            before=self.held.folder,
        )

    def terms(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
        """Return the vocabulary and its ids, ascending, the words of all texts as places in it, and how many each has."""
        held_ids = self.held.texts.term_ids
        ids = np.union1d(held_ids, self.new.term_ids)
        held_places, new_places = np.searchsorted(ids, held_ids), np.searchsorted(ids, self.new.term_ids)
        words = np.empty(len(ids), dtype=object)
        words[held_places] = self.held.vocabulary.words.to_pylist()
        words[new_places] = self.new.words
        held_terms, held_bounds = self.held.texts.terms()
        flat = np.concatenate([held_places[held_terms], new_places[self.new.text_terms]])
        lengths = np.concatenate([np.diff(held_bounds), self.new.lengths])
        places, _ = places_in_rows(bounds_of(lengths), self.order)
        flat = flat[places]
        is_used = np.bincount(flat, minlength=len(ids)) > 0
        renumbered = (np.cumsum(is_used) - 1).astype(np.int32)
        return words[is_used].tolist(), ids[is_used], renumbered[flat], lengths[self.order]


def _between(column: pa.ChunkedArray, rows: NDArray[np.int64]) -> pa.Array:
    """Return the values from the first to the last of ascending rows."""
    first, behind = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 0)
    return pa.concat_arrays([pa.array([], column.type), *column.slice(first, behind - first).chunks])
