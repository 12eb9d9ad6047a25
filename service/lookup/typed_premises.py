"""Which texts of a street have the numbers and names that somebody has typed."""

from collections.abc import Sequence
from enum import IntEnum

import pyarrow as pa

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.texts.dictionary_columns import rows_of
from address_match.indexer.texts.text_columns import TableColumns, TextColumns
from address_match.service.lookup.typed_text import TypedText

_NAMES = ("organisation", "building", "locality", "street", "town")


class _Rank(IntEnum):
    """How a text has the last number that is typed, best first."""

    OWN = 0
    GOES_ON = 1
    OF_UNIT = 2
    NOT = 3


def numbered(texts: pa.Table, typed: TypedText) -> pa.Table:
    """Return the texts of `rows_numbered`."""
    return rows_of(texts, rows_numbered(TableColumns(texts), typed)) if typed.numbers else texts


def rows_numbered(texts: TextColumns, typed: TypedText, among: Sequence[int] | None = None) -> Sequence[int]:
    """Return the rows with every number that is typed, as their own or their unit's, of all or of some; all these where
    none is.

    Those whose own number is the last one come first, then those whose own number goes on from it: 12 before 12A, and
    120 only while the number may be begun.
    """
    rows = range(len(texts)) if among is None else among
    if not (typed.numbers and rows):
        return rows
    # One street has too few texts for Arrow's kernels to pay.
    number, suffix, unit = texts.values("number", "suffix", "unit")
    last = typed.numbers[-1]
    ranks: dict[int, _Rank] = {}
    for row in rows:
        own = f"{number[row]}{suffix[row]}"
        if own.startswith(last) or unit[row] == last:  # of most neither is so
            ranks[row] = _rank(own, unit[row], typed)
    return sorted((row for row, rank in ranks.items() if rank is not _Rank.NOT), key=ranks.__getitem__)


def _rank(own: str, unit: str, typed: TypedText) -> _Rank:
    *others, last = typed.numbers
    if any(other not in (own, unit) for other in others):
        return _Rank.NOT
    if own == last:
        return _Rank.OWN
    if own.startswith(last) and (typed.is_number_begun or own[len(last) :].isalpha()):
        return _Rank.GOES_ON
    return _Rank.OF_UNIT if unit == last else _Rank.NOT


def holding(texts: pa.Table, typed: TypedText) -> pa.Table:
    """Return the texts of `rows_holding`."""
    return rows_of(texts, rows_holding(TableColumns(texts), typed))


def rows_holding(texts: TextColumns, typed: TypedText) -> list[int]:
    """Return the rows whose names hold every word that is typed, and one that goes on from the prefix."""
    spellings = [{word, CANONICAL_WORDS.get(word, word)} for word in typed.words]

    def holds(*parts: str) -> bool:
        name = f" {' '.join(parts)} "
        return f" {typed.prefix}" in name and all(any(f" {each} " in name for each in of) for of in spellings)

    names = list(zip(*texts.values(*_NAMES), strict=True))
    held = {name: holds(*name) for name in set(names)}
    return [row for row, name in enumerate(names) if held[name]]
