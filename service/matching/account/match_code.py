"""One short text for how far a candidate agrees with a query, and in what it does not."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.account.verdict import AGREES, ELEMENTS, Verdict
from address_match.service.matching.features.feature import Field

_RADIX = len(Verdict)
_WEIGHTS = _RADIX ** np.arange(len(ELEMENTS))
"""By which the verdicts of a candidate are packed into one number."""
MARKS = {Verdict.RESPELLED: "~", Verdict.UNASKED: "+", Verdict.MISSING: "-", Verdict.DIFFERS: "!"}
"""What stands before an element that is not simply the same."""
_AS_WHOLE = (Verdict.UNSAID, *AGREES)
"""Verdicts of a part that leave the premises the one asked for."""


class Level(StrEnum):
    """How far a candidate agrees, the furthest first."""

    PREMISES = "premises"
    """Number or building, street and part."""
    BUILDING = "building"
    """Number or building and street; the part is another, or one side alone has one."""
    STREET = "street"
    PLACE = "place"
    """A locality, town, county or postcode."""
    NOTHING = "nothing"


def match_codes(verdicts: NDArray[np.int64]) -> list[str]:
    """Return the match code of each candidate: the level, and the elements that do not simply agree.

    `verdicts` are those of `verdicts_of`, shape (candidates, elements).
    """
    return [_code_of(packed) for packed in (verdicts @ _WEIGHTS).tolist()]


@cache
def _code_of(packed: int) -> str:
    return match_code([packed // weight % _RADIX for weight in _WEIGHTS.tolist()])


def match_code(verdicts: Sequence[int]) -> str:
    """Write the verdicts of `ELEMENTS` as a match code.

    >>> match_code((1, 0, 0, 2, 0, 5, 0, 0, 0))
    'premises ~street -town'
    """
    by_element = dict(zip(ELEMENTS, map(Verdict, verdicts), strict=True))
    marked = [f"{MARKS[verdict]}{element}" for element, verdict in by_element.items() if verdict in MARKS]
    return " ".join([level_of(by_element), *marked])


def level_of(verdicts: dict[Field, Verdict]) -> Level:
    """Return how far a candidate agrees, given the verdict of each of `ELEMENTS`."""
    named = (verdicts[Field.NUMBER], verdicts[Field.BUILDING])
    elsewhere = Verdict.DIFFERS in (*named, verdicts[Field.STREET], verdicts[Field.POSITION])
    if not elsewhere and any(verdict in AGREES for verdict in named):
        return Level.PREMISES if verdicts[Field.FLAT] in _AS_WHOLE else Level.BUILDING
    if verdicts[Field.STREET] in AGREES:
        return Level.STREET
    places = (Field.LOCALITY, Field.TOWN, Field.COUNTY, Field.POSTCODE)
    return Level.PLACE if any(verdicts[place] in AGREES for place in places) else Level.NOTHING
