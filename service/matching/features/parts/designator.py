"""What names the sub-building of an address, in one form for all notations."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import JOINT, Coded
from address_match.service.matching.features.parts.part_kinds import is_thing, may_be_a_house

PARTS_BY_WORD = frozenset(
    {"FLAT", "STUDIO", "ANNEXE", "PENTHOUSE", "SHOP", "OFFICE", "WORKSHOP", "CARAVAN", "CHALET"}
)
"""Words for a part of a building that name one without a number or a letter."""
NO_NUMBER = -9
"""Stands for the number of a sub-building that has none; no number of a building is equal to it."""
_SEPARATOR = "|"
_NO_PART = _SEPARATOR * 3
_FLAT = "FLAT"
"""The one part whose letter may be written as that of its house."""


@dataclass(frozen=True, slots=True)
class Designator:
    """The floor, the parts and the letter of a premises within its number."""

    floor: str
    """With its side."""
    unit: str
    """The number or letter of the part; of a chain one a link, separated by spaces."""
    kind: str
    """The word for the part; of a chain one a link."""
    suffix: str
    """The letter of the house, where the part has a number of its own."""


@lru_cache(maxsize=1 << 16)
def designator_of(written: str) -> Designator:
    """Return a designator that `designators` wrote.

    >>> designator_of("|2|FLAT|A")
    Designator(floor='', unit='2', kind='FLAT', suffix='A')
    """
    return Designator(*written.split(_SEPARATOR))


def designators(column: Callable[[str], Coded]) -> Coded:
    """Write floor and side, unit, its kind and the letter of every row in one: `FLAT A, 24` and `24A` both have the
    unit A.

    What nothing but its word tells from the whole, THE FLAT above a shop, is designated by its word.
    """
    columns = (column(field) for field in ("side", "unit", "suffix", "unit_kind"))
    return column("floor").joined(*columns).map(_written)


def names_a_part(written: str) -> bool:
    """Return whether a designator says anything."""
    return written != _NO_PART


def unit_in_one(written: str) -> str:
    """Return the unit and the letter of a designator without its floor, as one word; nothing of a thing: GARAGE 2."""
    named = designator_of(written)
    return "" if is_thing(named.kind) else f"{named.unit}{named.suffix}".replace(" ", "")


def are_bare(column: Coded) -> NDArray[np.bool_]:
    """Return for each row of designators whether it names no sub-building, or one by nothing but its word."""
    return column.numbers(_is_bare).astype(bool)


def describe_a_part(column: Coded) -> NDArray[np.bool_]:
    """Return for each row of designators whether it names a part by where it lies, and neither number nor letter does."""
    return column.numbers(_describes_a_part).astype(bool)


def numbers_alone(column: Coded) -> NDArray[np.int64]:
    """Return for each row of designators the sub-building's number where it has one alone, else `NO_NUMBER`."""
    return column.numbers(_number_alone)


@lru_cache(maxsize=1 << 16)
def _written(parts: str) -> str:
    floor, side, unit, suffix, kind = (part.replace(_SEPARATOR, "") for part in parts.split(JOINT))
    if not unit:
        by_word = not (floor or side) and (kind in PARTS_BY_WORD or is_thing(kind))
        if by_word and not (suffix and kind == _FLAT):
            unit = kind
        else:
            unit, suffix = suffix, ""
    return _SEPARATOR.join((f"{floor}{side}", unit, kind, suffix))


def _is_bare(written: str) -> bool:
    named = designator_of(written)
    return not named.floor and not named.suffix and (not named.unit or named.unit in PARTS_BY_WORD)


def _describes_a_part(written: str) -> bool:
    named = designator_of(written)
    lettered = named.suffix or (named.unit and (len(named.unit) == 1 or not named.unit.isalpha()))
    return names_a_part(written) and not lettered and not is_thing(named.kind)


def _number_alone(written: str) -> int:
    named = designator_of(written)
    alone = named.unit.isdecimal() and len(named.unit) < 9 and not named.suffix and may_be_a_house(named.kind)
    return int(named.unit) if alone else NO_NUMBER
