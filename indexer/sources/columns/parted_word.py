"""Words for columns that are written as one, short, or beside another: `streetname`, `bldg_name`, `Street/Road`."""

import re

from address_match.indexer.sources.columns.address_words import ADDRESS_WORDS, WHOLE, component_words
from address_match.indexer.sources.columns.postcode_words import POSTCODE

_WITH_POSTCODE = re.compile(r"_(?:inc|incl|including|with|and)_post_?code$")
"""Behind the name of a column that holds a whole address."""
_OBJECTS = re.compile(r"^(primary|secondary)_addressable_object(?:_name)?_?")
"""What BS 7666 calls PAO and SAO."""
_UNITS = frozenset({"flat", "apartment", "apt", "unit", "suite"})
_HOUSES = frozenset({"house", "building", "property", "premises", "block", "door"})
_OF_A_DOOR = frozenset({"name", "number", "no", "or", "and"})
"""Words of a name such as `Flat No / House Name`: what it may be, and by what it is told."""
_SHORT = {
    "bldg": "building",
    "bld": "building",
    "hse": "house",
    "apt": "apartment",
    "rd": "road",
    "thfare": "thoroughfare",
    "twn": "town",
    "nm": "name",
    "num": "number",
    "nbr": "number",
    "nr": "number",
}
"""Of a word within the name of a column."""
_WRITTEN_AS_ONE = {
    as_one: word for word in sorted(ADDRESS_WORDS) if (as_one := word.replace("_", "")) not in ADDRESS_WORDS
}
_SAID_TWICE = (
    frozenset(POSTCODE),
    *(frozenset(component_words(field)) for field in ("street_name", "locality", "town_name", "county")),
)
"""Words for the same part of an address each, of which a name may hold two: `Street/Road`."""


def parted_word(name: str) -> str:
    """Return a known word that is written as one, or short, or beside another for the same; other names as they are.

    >>> [parted_word(name) for name in ("streetname", "bldg_name", "street_road", "postcode_zip", "flat_no_house_name", "price")]
    ['street_name', 'building_name', 'street', 'postcode', 'flat_or_house', 'price']
    >>> parted_word("primary_addressable_object_start_number")
    'pao_start_number'
    """
    if name in ADDRESS_WORDS:
        return name
    if found := _OBJECTS.match(name):
        return f"{found[1][0]}ao_{name[found.end() :]}".rstrip("_")
    if (whole := _WITH_POSTCODE.sub("", name)) in WHOLE:
        return whole
    if (known := _WRITTEN_AS_ONE.get(name)) is not None:
        return known
    written_out = "_".join(_SHORT.get(word, word) for word in name.split("_"))
    if written_out in ADDRESS_WORDS:
        return written_out
    return _word_said_twice(written_out) or _door_word(written_out) or name


def _word_said_twice(name: str) -> str:
    """Return the first of two words for the same part of an address, with or without OR between them."""
    pieces = [piece for piece in name.split("_") if piece != "or"]
    for place in range(1, len(pieces)):
        first, second = "_".join(pieces[:place]), "_".join(pieces[place:])
        if any(first in words and second in words for words in _SAID_TWICE):
            return first
    return ""


def _door_word(name: str) -> str:
    """Return the word for a column that holds one of several things that tell a door, which its name lists."""
    pieces = set(name.split("_"))
    things = pieces & (_UNITS | _HOUSES)
    if len(things) < 2 or pieces - things - _OF_A_DOOR:
        return ""
    if things & _UNITS and things & _HOUSES:
        return "flat_or_house"
    if things <= _UNITS:
        return "flat"
    return (
        "building_name" if "name" in pieces and pieces.isdisjoint({"number", "no"}) else "house_name_number"
    )
