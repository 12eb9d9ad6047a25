"""What kind of text a candidate is, and whether a query points at the premises itself."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.coded import JOINT
from address_match.service.matching.features.columns.pairs import Pairs

_RESIDENTIAL_OR_COMMERCIAL = ("R", "C", "X", "Z", "")


class RecordStatus(IntEnum):
    """How a candidate's text stands in the reference."""

    CURRENT = 0
    OTHER_CURRENT = 1
    """An alternative or provisional text, or a premises not yet approved."""
    HISTORICAL = 2
    NOT_ADDRESSABLE = 3
    """A street record, land, a garage, a substation: offered, never matched."""


class PositionLevel(IntEnum):
    """Return whether query and candidate point at another place than the one whose number they quote: REAR OF 12, LAND AT."""

    NEITHER = 0
    ALIKE = 1
    QUERY_POINTS_ELSEWHERE = 2
    CANDIDATE_POINTS_ELSEWHERE = 3


class UnitWordLevel(IntEnum):
    """Return whether the words for sub-buildings (FLAT, UNIT, ROOM) agree."""

    NEITHER = 0
    EQUAL = 1
    ONE_LACKS = 2
    DIFFERENT = 3


_RECORD_STATUS = {
    "alternative": RecordStatus.OTHER_CURRENT,
    "provisional": RecordStatus.OTHER_CURRENT,
    "historical": RecordStatus.HISTORICAL,
}


def record_status(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `RecordStatus` per pair."""
    columns = pairs.of_text("text_kind").joined(pairs.of_text("classification"), pairs.of_text("status"))
    return columns.numbers(_standing)[pairs.text]


def addressable(classification: str) -> bool:
    """Return whether a premises of this AddressBase class can be the answer: residential, commercial, mixed or unknown."""
    return classification[:1] in _RESIDENTIAL_OR_COMMERCIAL and not classification.startswith(("RG", "CS"))


def position_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PositionLevel` per pair; where both point, but otherwise, the query is said to."""
    return pairs.distinct(pairs.of_query("position"), pairs.of_text("position")).apply(_positions)


def worded_units(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `UnitWordLevel` per pair."""
    return pairs.distinct(pairs.of_query("unit_kind"), pairs.of_text("unit_kind")).apply(_unit_words)


@lru_cache(maxsize=1 << 10)
def _standing(kind_classification_status: str) -> int:
    kind, classification, status = kind_classification_status.split(JOINT)
    if not addressable(classification):
        return int(RecordStatus.NOT_ADDRESSABLE)
    if status == "historical":
        return int(RecordStatus.HISTORICAL)
    standing = _RECORD_STATUS.get(kind, RecordStatus.CURRENT)
    if standing is RecordStatus.CURRENT and status == "provisional":
        return int(RecordStatus.OTHER_CURRENT)
    return int(standing)


LARGE_STREET = 1_000.0
"""Premises of one street from which it counts as fully crowded."""


def crowding(pairs: Pairs) -> NDArray[np.float32]:
    """Return how crowded the candidate's street is, the logarithm of its premises, in [0, 1]; -1 where it has no street."""
    premises = pairs.text_numbers("street_premises")
    crowded = np.minimum(np.log1p(np.maximum(premises, 0)) / np.log1p(LARGE_STREET), 1)
    return np.where(premises > 0, crowded, -1).astype(np.float32)


def _positions(query: str, candidate: str) -> int:
    if query == candidate:
        return int(PositionLevel.ALIKE if query else PositionLevel.NEITHER)
    points = PositionLevel.QUERY_POINTS_ELSEWHERE if query else PositionLevel.CANDIDATE_POINTS_ELSEWHERE
    return int(points)


def _unit_words(query: str, candidate: str) -> int:
    if query == candidate:
        return int(UnitWordLevel.EQUAL if query else UnitWordLevel.NEITHER)
    return int(UnitWordLevel.DIFFERENT if query and candidate else UnitWordLevel.ONE_LACKS)
