"""What names the sub-building of an address, in one form for all notations: `floor|unit`."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.coded import JOINT, Coded

PARTS_BY_WORD = frozenset({"FLAT", "ANNEXE", "PENTHOUSE"})
"""Words for a part of a building that name one without a number or a letter."""
NO_NUMBER = -9
"""Stands for the number of a sub-building that has none; no number of a building is equal to it."""
_BARE = frozenset({"|", *(f"|{word}" for word in PARTS_BY_WORD)})
"""Designators without a number or a letter."""


def designators(column: Callable[[str], Coded]) -> Coded:
    """Write floor and side, unit and suffix of every row as `floor|unit`: `FLAT A, 24` and `24A` both give `|A`.

    What nothing but its word tells from the whole, THE FLAT above a shop, is designated by its word.
    """
    columns = (column(field) for field in ("side", "unit", "suffix", "unit_kind"))
    return column("floor").joined(*columns).map(_designator)


def unit_in_one(designator: str) -> str:
    """Return the unit of a designator without its floor, as one word."""
    return designator.partition("|")[2].replace(" ", "")


def are_bare(column: Coded) -> NDArray[np.bool_]:
    """Return for each row of designators whether it names no sub-building, or one by nothing but its word."""
    return column.numbers(lambda designator: designator in _BARE).astype(bool)


def numbers_alone(column: Coded) -> NDArray[np.int64]:
    """Return for each row of designators the sub-building's number where it has one alone, else `NO_NUMBER`."""
    return column.numbers(_number_alone)


def _designator(parts: str) -> str:
    floor, side, unit, suffix, kind = parts.split(JOINT)
    designator = f"{unit}{' ' if unit and suffix else ''}{suffix}"
    if not (floor or side or designator) and kind in PARTS_BY_WORD:
        designator = kind
    return f"{floor}{side}|{designator}"


def _number_alone(designator: str) -> int:
    unit = designator.partition("|")[2]
    return int(unit) if unit.isdecimal() and len(unit) < 9 else NO_NUMBER
