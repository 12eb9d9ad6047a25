"""Texts of the reference by how they are canonically written, of those that no two premises share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.arrays import map_array, save_array
from address_match.indexer.lexical.canonical_text import canonical_text, text_codes
from address_match.indexer.local.texts import TextStore
from address_match.indexer.retrieval import NO_EQUAL_TEXTS, EqualTexts

_CODES = "equal_text_codes.npy"
"""`text_codes` of the canonical texts of one premises alone, ascending."""
_ROWS = "equal_text_rows.npy"
"""Of each the row of the first text that is written so."""
NOT_HELD = np.uint64(0)
"""Stands for the code of a text that has to be found anew; for the one text in 2⁶⁴ of that code it is found again."""


class HeldWritings(Protocol):
    """Texts whose canonical writing was found before by the same rules."""

    def writings(self, addresses: pa.StringArray) -> NDArray[np.uint64]:
        """Return the `text_codes` of some addresses, `NOT_HELD` of those that are not held."""
        ...


def write_equal_texts(folder: Path, texts: pa.Table, held: HeldWritings | None = None) -> None:
    """Write where each canonical text stands that is of one premises; `texts` are in their final order, columns of `STORED_SCHEMA`.

    What is `held` is not read again.
    """
    codes = _codes_of(texts.column("address").combine_chunks(), held)
    premises = texts.column("uprn").combine_chunks().dictionary_encode().indices.to_numpy()
    distinct, first, text = np.unique(codes, return_index=True, return_inverse=True)
    is_shared = np.zeros(len(distinct), dtype=np.bool_)
    is_shared[text[premises != premises[first][text]]] = True
    save_array(folder, _CODES, distinct[~is_shared])
    save_array(folder, _ROWS, first[~is_shared].astype(np.int32))


def _codes_of(addresses: pa.StringArray, held: HeldWritings | None) -> NDArray[np.uint64]:
    if held is None:
        return text_codes(map(canonical_text, addresses.to_pylist()), len(addresses))
    codes = held.writings(addresses)
    new = np.flatnonzero(codes == NOT_HELD)
    written = map(canonical_text, addresses.take(pa.array(new)).to_pylist())
    codes[new] = text_codes(written, len(new))
    return codes


class TextsByWriting:
    """Finds the texts that addresses are but for case, punctuation and abbreviation."""

    def __init__(self, folder: Path) -> None:
        self._codes = map_array(folder, _CODES)
        self._rows = map_array(folder, _ROWS)

    @classmethod
    def open(cls, folder: Path) -> "TextsByWriting | None":
        """Open what `write_equal_texts` wrote, None of an index that was built before it did."""
        return cls(folder) if (folder / _CODES).exists() else None

    def code_of_each(self, texts: int) -> NDArray[np.uint64]:
        """Return the code of each of all texts, `NOT_HELD` where it is not the first of one premises alone."""
        codes = np.full(texts, NOT_HELD)
        codes[self._rows] = self._codes
        return codes

    def equal_texts(self, addresses: Sequence[str], texts: TextStore) -> EqualTexts:
        """Return which addresses are such texts; two that only share their code are told apart by their words."""
        if not len(self._codes):
            return NO_EQUAL_TEXTS
        written = [canonical_text(address) for address in addresses]
        codes = text_codes(written, len(written))
        places = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        query = np.flatnonzero(self._codes[places] == codes)
        found = texts.answering(self._rows[places[query]].astype(np.int64))
        held = found.column("address").to_pylist()
        is_equal = np.array(
            [canonical_text(text) == written[row] for text, row in zip(held, query.tolist(), strict=True)],
            dtype=np.bool_,
        )
        return EqualTexts(query[is_equal], found.filter(pa.array(is_equal)))
