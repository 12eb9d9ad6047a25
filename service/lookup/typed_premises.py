"""Which texts of a street have the numbers and names that somebody has typed."""

from enum import IntEnum

import pyarrow as pa

from address_match.indexer.coded_columns import rows_of, values_of
from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.service.lookup.typed_text import TypedText

_NAMES = ("organisation", "building", "locality", "street", "town")


class _Rank(IntEnum):
    """How a text has the last number that is typed, best first."""

    OWN = 0
    GOES_ON = 1
    OF_UNIT = 2
    NOT = 3


def numbered(texts: pa.Table, typed: TypedText) -> pa.Table:
    """Return the texts with every number that is typed, as their own or their unit's; all where none is.

    Those whose own number is the last one come first, then those whose own number goes on from it: 12 before 12A, and
    120 only while the number may be begun.
    """
    if not typed.numbers:
        return texts
    # One street has too few texts for Arrow's kernels to pay.
    columns = values_of(texts, "number", "suffix", "unit")
    ranks = [_rank(f"{number}{suffix}", unit, typed) for number, suffix, unit in zip(*columns, strict=True)]
    having = [row for row, rank in enumerate(ranks) if rank is not _Rank.NOT]
    return rows_of(texts, sorted(having, key=ranks.__getitem__))


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
    """Return the texts whose names hold every word that is typed, and one that goes on from the prefix."""
    spellings = [{word, CANONICAL_WORDS.get(word, word)} for word in typed.words]

    def holds(*parts: str) -> bool:
        name = f" {' '.join(parts)} "
        return f" {typed.prefix}" in name and all(any(f" {each} " in name for each in of) for of in spellings)

    names = list(zip(*values_of(texts, *_NAMES), strict=True))
    held = {name: holds(*name) for name in set(names)}
    return rows_of(texts, [row for row, name in enumerate(names) if held[name]])
