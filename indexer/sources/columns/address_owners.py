"""Whose address the columns of a table make: of the premises that a row is about, or of somebody named in it."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from address_match.indexer.sources.columns.address_words import (
    DEPENDENT_STREET,
    GAZETTEER,
    STREET_LINES,
    TELLING,
    WHOLE,
    component_words,
    line_number,
)
from address_match.indexer.sources.columns.owner_words import (
    PLACES_OF_WORK,
    SAME_OWNER,
    SOMEBODY,
    WHOSE,
    is_of_another,
    is_unknown,
    owner_and_word,
    premises_among,
)
from address_match.indexer.sources.columns.parted_word import parted_word
from address_match.indexer.sources.columns.plain_names import column_positions, plain_name, without_objects
from address_match.indexer.sources.columns.postcode_words import POSTCODE

_PLACE_WORDS = (POSTCODE, *(component_words(field) for field in ("locality", "town_name", "county")))
_ANY_PLACE = frozenset(word for meaning in _PLACE_WORDS for word in meaning)
_DOORS = frozenset(
    word
    for field in ("building_number", "building_name", "sub_building_name")
    for word in component_words(field)
    if "_" in word
)
"""Words that say a door, where one word alone (`number`, `unit`) may mean anything."""
_ROADS = frozenset({*WHOLE, *STREET_LINES, *DEPENDENT_STREET, *component_words("street_name")})


def address_positions(columns: Sequence[str]) -> dict[str, int]:
    """Return where each plain name stands, and what is behind a word of whose address it is: `street` for `addr:street`
    or `Site Street`.

    A column that stands without such a word goes before one that has it.
    """
    positions = column_positions(columns)
    for name, position in list(positions.items()):
        positions.setdefault(parted_word(name), position)
    for position, column in enumerate(columns):
        if (name := without_objects(column)) != column:
            positions.setdefault(plain_name(name), position)
    if marked := _marked(columns):
        found = marked[0] if len(marked) == 1 else {}
    else:
        found = _of_the_premises(positions)
    for name, position in found.items():
        positions.setdefault(name, position)
    return positions


def with_groups(columns: Sequence[str], groups: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, with those of the groups above them where these say whose address it is, or where else
    two would have one name. A group begins at its cell and goes on over empty ones; where it has no columns below, it is
    one itself.

    >>> with_groups(["Ref", "Address", "Postcode", "Name", "Address"], ["Case", "Premises", "", "Licence holder", ""])
    ('Ref', 'Premises Address', 'Premises Postcode', 'Licence holder Name', 'Licence holder Address')
    """
    named = [group.strip() for group in groups]
    if sum(map(bool, named)) < 2:  # a title
        return tuple(columns)
    above = list(accumulate(named, _or_before))
    above += above[-1:] * (len(columns) - len(above))
    count = Counter(map(plain_name, columns))
    named += [""] * (len(columns) - len(named))
    return tuple(
        f"{group} {column}"
        if group and column and (_says_whose(group) or count[plain_name(column)] > 1)
        else column or own
        for own, group, column in zip(named, above, columns, strict=False)
    )


def _or_before(before: str, here: str) -> str:
    return here or before


def _says_whose(group: str) -> bool:
    """Return whether the name of a group of columns says whose they are."""
    return not WHOSE.isdisjoint(plain_name(group).split("_"))


def _of_the_premises(positions: Mapping[str, int]) -> dict[str, int]:
    """Return the words of the premises' address that stand behind one of whose it is: all of it, or what the address
    without one lacks.
    """
    owned = _by_owner(positions)
    unowned = owned.pop("", {})
    lacking = _places_lacking(positions, unowned)
    of_premises = [owned[owner] for owner in premises_among(owned)]
    if any(name in _ROADS or line_number(name) == 1 for name in positions):
        at_work = [owned[owner] for owner in PLACES_OF_WORK if owner in owned]
        beside = of_premises[:1] or (at_work if len(at_work) == 1 else []) or _only_places(owned)
        return {**_places_lacking(positions, *beside), **lacking}
    telling = {owner: words for owner, words in owned.items() if any(map(_says_where, words))}
    of_premises = [telling[owner] for owner in premises_among(telling)]
    if not of_premises and (completing := _road_of_doors(owned, {*positions, *unowned})):
        return {**completing, **unowned}
    if not of_premises and any(map(_says_where, unowned)):
        return unowned
    if not of_premises:
        of_premises = [telling[owner] for owner in _only_one_of_somebody(telling)]
    first = next(iter(of_premises), {})
    beside = [owned[owner] for owner in premises_among(owned)] if first else []
    return {**_places_lacking(first, *beside), **lacking, **first}


def _only_one_of_somebody(telling: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the owner of the only address: of the only one that says a place or a postcode as well, whoever it is, else
    of the only one, where we know the word for its owner.
    """
    owners = [
        owner for owner, words in telling.items() if not is_of_another(owner) and any(map(_says_road, words))
    ]
    whole = [owner for owner in owners if not _ANY_PLACE.isdisjoint(telling[owner])]
    if whole:
        return whole if len(whole) == 1 else []
    return owners if len(owners) == 1 and owners[0] in SOMEBODY else []


def _only_places(owned: Mapping[str, Mapping[str, int]]) -> list[Mapping[str, int]]:
    """Return the words behind the only unknown word before a postcode or a town, where it stands before no road:
    `Ship City` beside `Street 1`.
    """
    found = [
        words for owner, words in owned.items() if is_unknown(owner) and not _ANY_PLACE.isdisjoint(words)
    ]
    return found if len(found) == 1 and not any(map(_says_where, found[0])) else []


def _road_of_doors(owned: Mapping[str, Mapping[str, int]], unowned: Collection[str]) -> Mapping[str, int]:
    """Return the words behind the only unknown word before a road, where those without such a word say doors and no road:
    `PRINCIPAL_STREET` beside `BUILDING_NUMBER`; none where there is no such word.
    """
    if _DOORS.isdisjoint(unowned) or any(map(_says_road, unowned)):
        return {}
    found = [words for owner, words in owned.items() if is_unknown(owner) and not _ROADS.isdisjoint(words)]
    return found[0] if len(found) == 1 and _DOORS.isdisjoint(found[0]) else {}


def _by_owner(positions: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return the words of an address by whose it is; under an empty text those of an address of which that is not said."""
    owned: dict[str, dict[str, int]] = {}
    for name, position in positions.items():
        owner, word = owner_and_word(name)
        if word:
            owned.setdefault(SAME_OWNER.get(owner, owner), {}).setdefault(word, position)
    return owned


def _places_lacking(positions: Mapping[str, int], *owned: Mapping[str, int]) -> dict[str, int]:
    """Return of owned words a postcode, a locality, a town and a county, each where the address without an owner has
    none.
    """
    return {
        word: position
        for words in owned
        for meaning in _PLACE_WORDS
        if not any(word in positions for word in meaning)
        for word, position in words.items()
        if word in meaning
    }


def _says_road(name: str) -> bool:
    """Return whether a column of this name can hold a road: the number of a customer is none of a house."""
    return name in _ROADS or line_number(name) == 1 or GAZETTEER.fullmatch(name.replace("_", "")) is not None


def _says_where(name: str) -> bool:
    """Return whether a column of this name can hold more than a place and who is there."""
    return name in TELLING or line_number(name) == 1 or GAZETTEER.fullmatch(name.replace("_", "")) is not None


def _marked(columns: Sequence[str]) -> list[dict[str, int]]:
    """Return the words that stand behind each `addr:` or `RegAddress.`, an object or a prefix that says it is of an
    address.
    """
    marked: dict[str, dict[str, int]] = {}
    for column, position in zip(columns, range(len(columns)), strict=True):
        head, mark, tail = _parted(column)
        if mark and "addr" in head.lower():
            marked.setdefault(plain_name(head), {}).setdefault(parted_word(plain_name(tail)), position)
    return list(marked.values())


def _parted(column: str) -> tuple[str, str, str]:
    """Part `addr:street` and `RegAddress.PostTown` at their mark, behind what an object within a row is called."""
    parts = re.split(r"([.:])", without_objects(column), maxsplit=1)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (column, "", "")
