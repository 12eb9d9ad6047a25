"""Whether two names are one except for what tells two houses of a name apart: THE SMITHY beside THE OLD SMITHY."""

from enum import IntEnum
from functools import lru_cache

from address_match.indexer.texts.coded_strings import JOINT
from address_match.service.matching.features.names.facilities import is_facility_beside
from address_match.service.matching.features.names.institutions import by_its_kind
from address_match.service.matching.features.names.name_words import (
    LEFT_OUT_KINDS,
    ROWS,
    building_kinds,
    is_thing,
    kinds_of_places,
    side_by_side,
    spaced_as,
    telling_words,
)
from address_match.service.matching.features.names.opposite_names import BOUNDS, NUMBERS
from address_match.service.matching.features.names.qualifiers import QUALIFIERS

_COMMON_HOUSES = frozenset(
    {"HOUSE", "COTTAGE", "LODGE", "BUNGALOW", "VILLA", "FARM", "FARMHOUSE", "BARN", "STABLES"}
)
"""Kinds of which a street may have several: by one of them alone THE COTTAGE is called, and MILL COTTAGE is another."""
_NAME_QUALIFIERS = QUALIFIERS | {
    *("HIGH", "LOW", "UCHAF", "ISAF", "MAWR", "BACH", "HEN", "NEWYDD", "MOR", "BEAG"),
    *BOUNDS,
    *("INFANT", "JUNIOR", "NURSERY", "RUGBY", "DENTAL", "VETERINARY"),
    *NUMBERS,
}
"""Words that tell one house or institution from another of its name, the Welsh and the Gaelic ones and numbers among
them.
"""
_UNMUTATED = {"FAWR": "MAWR", "FACH": "BACH", "MHOR": "MOR", "BHEAG": "BEAG"}
"""Of those that begin otherwise behind some words, how they begin by themselves."""


class NameQualifier(IntEnum):
    """What of the names of two premises tells two of one name apart."""

    NOTHING = 0
    UNSAID = 1
    """A word that one of them lacks: THE SMITHY beside THE OLD SMITHY."""
    OPPOSITE = 2
    """Each has a word in place of the other's: EAST BLOCK beside WEST BLOCK."""


@lru_cache(maxsize=1 << 16)
def differ_in_qualifiers(query: str, candidate: str) -> bool:
    """Return whether two names, parted as those of `compare_named`, are one except for what tells two houses apart.

    That is what qualifies a name, a row called after it, a thing at it, what stands on the ground of an institution, a
    kind that nobody leaves out, any kind beside a name that has one or is a thing, a word within a name, and all of a
    name but a kind of which a street may have several.

    >>> others = ("OLD FELLSIDE", "FELLSIDE BARN", "FELLSIDE HOUSE")
    >>> [differ_in_qualifiers(f"{JOINT}FELLSIDE", f"{JOINT}{name}") for name in others]
    [True, True, False]
    >>> differ_in_qualifiers(f"{JOINT}THE COTTAGE", f"{JOINT}MILL COTTAGE")
    True
    >>> differ_in_qualifiers(f"{JOINT}ELM FARM", f"{JOINT}ELM FARM COTTAGES"), differ_in_qualifiers(f"{JOINT}ELM FARM", f"{JOINT}SILO AT ELM FARM")
    (True, True)
    >>> differ_in_qualifiers(f"{JOINT}ELM LODGE", f"{JOINT}ELM GREEN LODGE"), differ_in_qualifiers("BAKERY", "BAKERY COTTAGE")
    (True, True)
    """
    whole_query, whole_candidate = side_by_side(query), side_by_side(candidate)
    q, c = (
        frozenset(_UNMUTATED.get(word, word) for word in telling_words(spaced_as(name, other)))
        for name, other in ((whole_query, whole_candidate), (whole_candidate, whole_query))
    )
    if not whole_query or not whole_candidate or not q & c or by_its_kind(q) == by_its_kind(c):
        return False
    has_kind = is_thing(q & c) or not building_kinds().isdisjoint(q & c)
    kinds = kinds_of_places() if has_kind else building_kinds() - LEFT_OUT_KINDS
    of_buildings = query.startswith(JOINT) and candidate.startswith(JOINT)
    tells_apart = (q ^ c) - kinds - ROWS <= _NAME_QUALIFIERS
    return (
        tells_apart
        or _is_at(whole_query, whole_candidate)
        or is_facility_beside(whole_query, whole_candidate)
        or (of_buildings and (_is_but_a_kind(q, c) or _stands_apart(whole_query, whole_candidate)))
    )


def _is_but_a_kind(query: frozenset[str], candidate: frozenset[str]) -> bool:
    """Return whether one name is a kind of which a street may have several, and the other says which one it is."""
    shorter, longer = sorted((query, candidate), key=len)
    return shorter <= _COMMON_HOUSES and not longer <= building_kinds()


def _is_at(name: str, other: str) -> bool:
    """Return whether one of two names is that of a thing at what the other names: SILO AT ELM FARM."""
    return name.endswith(f" AT {other}") or other.endswith(f" AT {name}")


def _stands_apart(name: str, longer: str) -> bool:
    """Return whether all words of a name stand in a longer one, and not side by side: ELM LODGE in ELM GREEN LODGE."""
    return set(name.split()) < set(longer.split()) and f" {name} " not in f" {longer} "
