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
    is_address_word,
    line_number,
)
from address_match.indexer.sources.columns.parted_word import parted_word
from address_match.indexer.sources.columns.plain_names import column_positions, plain_name, without_objects
from address_match.indexer.sources.columns.postcode_words import POSTCODE

_PREMISES = (
    "property",
    "prop",
    "premises",
    "premise",
    "prem",
    "hereditament",
    "hered",
    "here",
    "dwelling",
    "site",
    "location",
    "loc",
    "full",
    "hmo",
    "development",
    "metering_point",
    "risk",  # of a policy
    "security",  # of a loan
    "asset",
    "qualifying",  # of an elector: where the vote is held, whatever the address for letters
)
"""Before the words of an address, and at the end of others before them (`licensed property`): that it is of the
premises a row is about.

The first that a table has goes before the others.
"""
BARE_PREMISES = tuple(word for word in _PREMISES if word not in {"full", "risk", "security", "qualifying"})
_PLACES_OF_WORK = ("establishment", "school", "trading", "business", "service", "supply", "installation")
"""Before the words of an address: of what stands there. A town or postcode of it belongs to an address without such a
word as well.
"""
_SOMEBODY = (
    *_PLACES_OF_WORK,
    *(
        "delivery",
        "registered_office",
        "registered",
        "reg",
        "home",
        "residential",
        "physical",
        "current",
        "main",
    ),
    *("customer", "client", "house", "billing", "correspondence", "mailing", "contact"),
)
"""Before the words of an address: whose it is. Where a table has two of them, nobody knows which is meant."""
_ANOTHER = frozenset(
    {
        *("holder", "holders", "licensee", "owner", "landlord", "agent", "applicant", "manager", "operator"),
        *("proprietor", "occupier", "ratepayer", "payer", "party", "previous", "former", "forwarding"),
        *(
            "provider",
            "supplier",
            "employer",
            "solicitor",
            "invoice",
            "head",
            "kin",
            "nok",
            "gp",
            "doctor",
            "bank",
        ),
        *("collection", "coll", "sender", "consignor", "return"),  # of a parcel: where it comes from
        *("absent", "absentee", "proxy"),  # of an elector: where ballot papers are sent, and for whom
        *("email", "mail", "web", "website", "ip", "url"),
    }
)
"""Words before those of an address that is not of the premises: whoever has to do with them, or lived there before,
or where nobody lives.
"""
_WHOSE = frozenset({*_PREMISES, *_SOMEBODY, *_ANOTHER} - {"full", "house", "reg", "main", "current"})
"""Words in the name of a group of columns that say whose they are."""
_SAME_OWNER = {"reg": "registered", "prop": "property", "prem": "premises", "loc": "location"}
"""Short words for whose address it is, which stand beside the long ones in one header."""
_FILLERS = ("address", "addr", "adr", "add", "name_and", "name")
"""Between whose address it is and its words: `Premises Address Postcode`, `Site Name and Address`."""
_ADDRESS_OF = re.compile(r"(?:full_)?address_of_(?:the_)?(.+)")
_WRITTEN_TO_OWNER = re.compile(
    r"(?!street|house)(?P<owner>[a-z]{3,}?)_?(?P<word>(?:address|addr|add|adr)(?:line|ln)?[1-9]|address|addr|postcode|pcode)"
)
"""A name in which nothing parts whose address it is from the word of an address: `HEREADDR1`."""
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
    return not _WHOSE.isdisjoint(plain_name(group).split("_"))


def may_be_of_the_premises(columns: Sequence[str], used: Collection[int]) -> list[int]:
    """Return the columns that may hold the address of the premises that a row is about, where those used are not said to
    be of the premises: an address of the premises or of a place of work, a column that is called after the premises and no
    more, and where those used are of somebody, any that is not of who has to do with the premises.

    >>> may_be_of_the_premises(["Licence", "Premises", "Licence Holder", "Address"], [3])
    [1]
    >>> may_be_of_the_premises(["Old Address", "Old Postcode", "New Address"], [0, 1])
    [2]
    >>> may_be_of_the_premises(["Caller Address", "Where"], [0]), may_be_of_the_premises(["Address", "Where"], [0])
    ([1], [])
    >>> may_be_of_the_premises(["Address", "Correspondence Address"], [0])
    []
    """
    owned = [_owner_and_word(name) for name in map(plain_name, columns)]
    owners = {owned[place][0] for place in used if owned[place][1]}
    if _premises_among(owners):
        return []
    is_somebodys = any(owners)
    return [
        place
        for place, ((owner, word), column) in enumerate(zip(owned, columns, strict=True))
        if place not in used
        and owner not in owners - {""}
        and _may_hold_all(plain_name(column), owner, word, anybody=is_somebodys)
    ]


def of_no_address(columns: Sequence[str], used: Collection[int]) -> list[int]:
    """Return the columns that have a name, are not used, and whose name does not say that they are of the address of
    somebody else than the premises.
    """
    owned = [_owner_and_word(plain_name(column)) for column in columns]
    return [
        place
        for place, (owner, word) in enumerate(owned)
        if columns[place].strip() and place not in used and (not word or owner in BARE_PREMISES)
    ]


def not_of_another(columns: Sequence[str], used: Collection[int]) -> list[int]:
    """Return the columns that have a name, are not used, and whose name does not say that they are of somebody who has to
    do with the premises.

    >>> not_of_another(["Number", "AEL_STREET", "Owner Street"], [0])
    [1]
    """
    return [
        place
        for place, column in enumerate(columns)
        if column.strip() and place not in used and not _is_of_another(plain_name(column))
    ]


def _may_hold_all(name: str, owner: str, word: str, *, anybody: bool) -> bool:
    if _is_of_another(name):
        return False
    if not word or (name in TELLING and name in _PREMISES):
        return anybody or any(f"_{name}".endswith(f"_{premises}") for premises in BARE_PREMISES)
    return (word in WHOLE or word in STREET_LINES or line_number(word) == 1) and (
        anybody or bool(_premises_among([owner])) or owner in _PLACES_OF_WORK
    )


def _of_the_premises(positions: Mapping[str, int]) -> dict[str, int]:
    """Return the words of the premises' address that stand behind one of whose it is: all of it, or what the address
    without one lacks.
    """
    owned = _by_owner(positions)
    unowned = owned.pop("", {})
    lacking = _places_lacking(positions, unowned)
    of_premises = [owned[owner] for owner in _premises_among(owned)]
    if any(name in _ROADS or line_number(name) == 1 for name in positions):
        at_work = [owned[owner] for owner in _PLACES_OF_WORK if owner in owned]
        beside = of_premises[:1] or (at_work if len(at_work) == 1 else []) or _only_places(owned)
        return {**_places_lacking(positions, *beside), **lacking}
    telling = {owner: words for owner, words in owned.items() if any(map(_says_where, words))}
    of_premises = [telling[owner] for owner in _premises_among(telling)]
    if not of_premises and (completing := _road_of_doors(owned, {*positions, *unowned})):
        return {**completing, **unowned}
    if not of_premises and any(map(_says_where, unowned)):
        return unowned
    if not of_premises:
        of_premises = [telling[owner] for owner in _only_one_of_somebody(telling)]
    first = next(iter(of_premises), {})
    beside = [owned[owner] for owner in _premises_among(owned)] if first else []
    return {**_places_lacking(first, *beside), **lacking, **first}


def _only_one_of_somebody(telling: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the owner of the only address: of the only one that says a place or a postcode as well, whoever it is, else
    of the only one, where we know the word for its owner.
    """
    owners = [
        owner for owner, words in telling.items() if not _is_of_another(owner) and any(map(_says_road, words))
    ]
    whole = [owner for owner in owners if not _ANY_PLACE.isdisjoint(telling[owner])]
    if whole:
        return whole if len(whole) == 1 else []
    return owners if len(owners) == 1 and owners[0] in _SOMEBODY else []


def _only_places(owned: Mapping[str, Mapping[str, int]]) -> list[Mapping[str, int]]:
    """Return the words behind the only unknown word before a postcode or a town, where it stands before no road:
    `Ship City` beside `Street 1`.
    """
    found = [
        words for owner, words in owned.items() if _is_unknown(owner) and not _ANY_PLACE.isdisjoint(words)
    ]
    return found if len(found) == 1 and not any(map(_says_where, found[0])) else []


def _road_of_doors(owned: Mapping[str, Mapping[str, int]], unowned: Collection[str]) -> Mapping[str, int]:
    """Return the words behind the only unknown word before a road, where those without such a word say doors and no road:
    `PRINCIPAL_STREET` beside `BUILDING_NUMBER`; none where there is no such word.
    """
    if _DOORS.isdisjoint(unowned) or any(map(_says_road, unowned)):
        return {}
    found = [words for owner, words in owned.items() if _is_unknown(owner) and not _ROADS.isdisjoint(words)]
    return found[0] if len(found) == 1 and _DOORS.isdisjoint(found[0]) else {}


def _by_owner(positions: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return the words of an address by whose it is; under an empty text those of an address of which that is not said."""
    owned: dict[str, dict[str, int]] = {}
    for name, position in positions.items():
        owner, word = _owner_and_word(name)
        if word:
            owned.setdefault(_SAME_OWNER.get(owner, owner), {}).setdefault(word, position)
    return owned


def _owner_and_word(name: str) -> tuple[str, str]:
    """Part a plain name into whose address it is, and the word of an address; no word where it says nothing of that.

    >>> [_owner_and_word(name) for name in ("site_address_line_1", "hmo_address_post_code", "address_of_licensed_property")]
    [('site', 'address_line_1'), ('hmo', 'post_code'), ('licensed_property', 'address')]
    >>> [_owner_and_word(name) for name in ("rated_property_address", "property_number", "house_number", "address_post_code", "price")]
    [('rated_property', 'address'), ('property', 'number'), ('', ''), ('', 'post_code'), ('', '')]
    >>> [_owner_and_word(name) for name in ("hereaddr1", "emailaddress", "proppostcode")]
    [('here', 'addr1'), ('email', 'address'), ('prop', 'postcode')]
    """
    if found := _ADDRESS_OF.fullmatch(name):
        owner, first = found[1], found[1].partition("_")[0]
        return (first if first in _PREMISES and not _is_of_another(owner) else owner), "address"
    pieces = name.split("_")
    for place in range(1, len(pieces)):
        word = parted_word("_".join(pieces[place:]))
        if is_address_word(word):
            return _owned_word(name, "_".join(pieces[:place]), word)
    if found := _WRITTEN_TO_OWNER.fullmatch(name):
        return found["owner"], parted_word(found["word"])
    return "", ""


def _owned_word(name: str, owner: str, word: str) -> tuple[str, str]:
    if is_address_word(name) and owner not in _PREMISES:  # `house_number`
        return "", ""
    first, _, rest = word.partition("_")
    if first in _PREMISES and is_address_word(rest):  # `rated` before our word `property_address`
        return f"{owner}_{first}", rest
    for filler in _FILLERS:
        owner = "" if owner == filler else owner.removesuffix(f"_{filler}")
    return owner, word


def _premises_among(owners: Collection[str]) -> list[str]:
    """Return the owners that are premises, those that go before others first."""
    ranks = {
        owner: [rank for rank, word in enumerate(_PREMISES) if f"_{owner}".endswith(f"_{word}")]
        for owner in owners
        if not _is_of_another(owner)
    }
    return sorted((owner for owner, found in ranks.items() if found), key=lambda owner: ranks[owner])


def _is_of_another(owner: str) -> bool:
    return not _ANOTHER.isdisjoint(owner.split("_"))


def _is_unknown(owner: str) -> bool:
    """Return whether nobody whom we know is called so."""
    return owner not in _SOMEBODY and not _is_of_another(owner)


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
