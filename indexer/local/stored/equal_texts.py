"""Texts of the reference by how they are canonically written, of those that no two premises share."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.ascending import places_among
from address_match.indexer.lexical.canonical_text import canonical_text, text_codes
from address_match.indexer.local.stored.texts import TextStore
from address_match.indexer.retrieval import NO_EQUAL_TEXTS, EqualTexts
from address_match.indexer.storage.arrays import map_array, save_array

_CODES = "equal_text_codes.npy"
"""`text_codes` of the canonical texts of one premises alone, ascending."""
_ROWS = "equal_text_rows.npy"
"""Of each the row of the first text that is written so."""
_OTHERS = "equal_text_others.npy"
"""`text_codes` of all texts that stand in no row of those, in their order: an update reads none of them again."""


def writings_of(addresses: pa.ChunkedArray | pa.StringArray) -> NDArray[np.uint64]:
    """Return the `text_codes` of how some addresses are canonically written."""
    return text_codes(map(canonical_text, addresses.to_pylist()), len(addresses))


def write_equal_texts(folder: Path, codes: NDArray[np.uint64], premises: NDArray[np.int64]) -> None:
    """Write where each canonical text stands that is of one premises, by the `writings_of` all texts in their order,
    and what tells premises apart.
    """
    distinct, first, text = np.unique(codes, return_index=True, return_inverse=True)
    is_shared = np.zeros(len(distinct), dtype=np.bool_)
    is_shared[text[premises != premises[first][text]]] = True
    rows = first[~is_shared].astype(np.int32)
    save_array(folder, _CODES, distinct[~is_shared])
    save_array(folder, _ROWS, rows)
    is_other = np.ones(len(codes), dtype=np.bool_)
    is_other[rows] = False
    save_array(folder, _OTHERS, codes[is_other])


class TextsByWriting:
    """Finds the texts that addresses equal, except for case, punctuation and abbreviation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codes = map_array(folder, _CODES)
        self._rows = map_array(folder, _ROWS)

    @classmethod
    def open(cls, folder: Path) -> "TextsByWriting | None":
        """Open what `write_equal_texts` wrote, None of an index that was built before it did."""
        return cls(folder) if (folder / _CODES).exists() else None

    def code_of_each(self, texts: int) -> NDArray[np.uint64] | None:
        """Return the `writings_of` all texts, None where an earlier release did not keep them."""
        others = self._folder / _OTHERS
        if not others.exists():
            return None
        codes = np.empty(texts, dtype=np.uint64)
        is_other = np.ones(texts, dtype=np.bool_)
        is_other[self._rows] = False
        codes[self._rows] = self._codes
        codes[is_other] = map_array(self._folder, _OTHERS)
        return codes

    def equal_texts(self, addresses: Sequence[str], texts: TextStore) -> EqualTexts:
        """Return which addresses are such texts; two that only share their code are told apart by their words."""
        if not len(self._codes):
            return NO_EQUAL_TEXTS
        written = [canonical_text(address) for address in addresses]
        codes = text_codes(written, len(written))
        places, is_held = places_among(codes, self._codes)
        query = np.flatnonzero(is_held)
        found = texts.answering(self._rows[places[query]].astype(np.int64))
        held = found.column("address").to_pylist()
        is_equal = np.array(
            [canonical_text(text) == written[row] for text, row in zip(held, query.tolist(), strict=True)],
            dtype=np.bool_,
        )
        return EqualTexts(query[is_equal], found.filter(pa.array(is_equal)))
