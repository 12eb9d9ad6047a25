"""What kind of text a candidate is, and whether a query points at the premises itself."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.matching.comparison.columns import Pairs

_RESIDENTIAL_OR_COMMERCIAL = ("R", "C", "X", "Z", "")


class TextStanding(IntEnum):
    """How a candidate's text stands in the reference."""

    CURRENT = 0
    OTHER_CURRENT = 1
    """An alternative or provisional text, or a premises not yet approved."""
    HISTORICAL = 2
    NOT_ADDRESSABLE = 3
    """A street record, land, a garage, a substation: offered, never matched."""


class WordedUnits(IntEnum):
    """Whether the words for sub-buildings (FLAT, UNIT, ROOM) agree."""

    NEITHER = 0
    EQUAL = 1
    ONE_LACKS = 2
    DIFFERENT = 3


_STANDINGS = {
    "alternative": TextStanding.OTHER_CURRENT,
    "provisional": TextStanding.OTHER_CURRENT,
    "historical": TextStanding.HISTORICAL,
}


def text_standing(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `TextStanding` per pair."""
    columns = zip(
        pairs.of_text("text_kind").rows(),
        pairs.of_text("classification").rows(),
        pairs.of_text("status").rows(),
        strict=True,
    )
    standings = np.array([_standing(*row) for row in columns], dtype=np.int64)
    result: NDArray[np.int64] = standings[pairs.text]
    return result


def addressable(classification: str) -> bool:
    """Say whether a premises of this AddressBase class can be the answer: residential, commercial, mixed or unknown."""
    return classification[:1] in _RESIDENTIAL_OR_COMMERCIAL and not classification.startswith(("RG", "CS"))


def position_relation(pairs: Pairs) -> NDArray[np.int64]:
    """Return 0 where neither points at another place, 1 both alike, 2 the query alone or otherwise, 3 the candidate alone."""
    return pairs.distinct(pairs.of_query("position"), pairs.of_text("position")).apply(_positions)


def worded_units(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `WordedUnits` per pair."""
    return pairs.distinct(pairs.of_query("unit_kind"), pairs.of_text("unit_kind")).apply(_unit_words)


@lru_cache(maxsize=1 << 10)
def _standing(kind: str, classification: str, status: str) -> int:
    if not addressable(classification):
        return int(TextStanding.NOT_ADDRESSABLE)
    if status == "historical":
        return int(TextStanding.HISTORICAL)
    standing = _STANDINGS.get(kind, TextStanding.CURRENT)
    if standing is TextStanding.CURRENT and status == "provisional":
        return int(TextStanding.OTHER_CURRENT)
    return int(standing)


def _positions(query: str, candidate: str) -> int:
    if query == candidate:
        return 1 if query else 0
    return 2 if query else 3


def _unit_words(query: str, candidate: str) -> int:
    if query == candidate:
        return int(WordedUnits.EQUAL if query else WordedUnits.NEITHER)
    return int(WordedUnits.DIFFERENT if query and candidate else WordedUnits.ONE_LACKS)
