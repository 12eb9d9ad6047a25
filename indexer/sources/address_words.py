"""By which words the columns of an address are called, and which column of a table each word stands for."""

import re
from collections.abc import Mapping, Sequence

WHOLE = (
    "address",
    "full_address",
    "fulladdress",
    "address_text",
    "address_string",
    "address_full",
    "single_line_address",
    "singlelineaddress",
    "raw_address",
    "messy_address",
    "address_concat",
    "concatenated_address",
    "lpi_address",
    "property_address",
    "full_property_address",
    "address_of_property",
    "address_of_premises",
    "address_of_hmo",
    "postal_address",
    "full_postal_address",
    "addr",
    "address_line",
)
"""Of a column that holds all of an address, in the order in which they are preferred."""
STREET_LINES = (
    "street_address",
    "address_street",
    "building_and_street",
    "street_and_number",
    "house_and_street",
)
"""Of a column that holds the first line alone."""
POSTCODE = (
    "postcode",
    "post_code",
    "pcode",
    "postal_code",
    "postcode_locator",
    "pcd",
    "pcds",
    "zip",
    "zip_code",
    "house_postcode",
)
IDENTIFIERS = ("uprn", "id", "urn", "property_id", "address_id")
GAZETTEER_STREET = ("street_description", "street_descriptor")
_NAMES_OR_NUMBERS = tuple(
    f"{what}_{first}{joined}_{second}"
    for what in ("house", "property", "building", "premises")
    for first, second in (("name", "number"), ("number", "name"), ("name", "no"), ("no", "name"))
    for joined in ("", "_or")
)
"""Of `House Name/Number` and its like."""
COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "organisation_name": (
        "organisation",
        "organization_name",
        "organization",
        "rm_organisation_name",
        "la_organisation",
        "company",
        "company_name",
        "business_name",
        "trading_name",
    ),
    "department_name": ("department",),
    "sub_building_name": (
        "sub_building",
        "subbuilding_name",
        "subbuilding",
        "sub_building_number",
        "flat",
        "flat_number",
        "flat_no",
        "flat_name",
        "apartment",
        "apartment_number",
        "flat_apartment",
        "flat_unit",
        "flat_or_unit",
        "unit",
        "unit_number",
        "unit_no",
        "saon",
        "sao",
    ),
    "building_name": (
        "building",
        "house_name",
        "buildingname",
        "housename",
        "property_name",
        "premises_name",
        "name_of_house",
    ),
    "building_number": (
        "house_number",
        "number",
        "buildingnumber",
        "housenumber",
        "house_no",
        "house_num",
        "building_no",
        "street_number",
        "street_no",
        "property_number",
        "property_no",
        "premises_number",
        "door_number",
        *_NAMES_OR_NUMBERS,
        "name_or_number",
        "number_or_name",
        "paon",  # of Price Paid: a number, or a name where there is none
        "pao",
        "premises",  # of Companies House: alike
    ),
    "street_name": ("street", "thoroughfare", "thoroughfare_name", *GAZETTEER_STREET, "road", "road_name"),
    "locality": ("dependent_locality", "locality_name", "village", "suburb", "postal_district"),
    "town_name": (
        "town",
        "post_town",
        "posttown",
        "city",
        "town_city",
        "town_or_city",
        "city_town",
        "town_village",
    ),
    "county": ("county_name", "administrative_area", "admin_area", "district"),
}
"""Of the other words for each component, in the order in which they are preferred."""
DEPENDENT_STREET = (
    "dependent_thoroughfare",
    "dependent_thoroughfare_name",
    "dep_thoroughfare",
    "sub_street_name",
    "sub_street",
)
DEPENDENT_LOCALITY = ("double_dependent_locality", "dbl_dependent_locality")
GAZETTEER = re.compile(
    r"(?P<object>sao|pao)(?:(?P<end>start|end)?(?:(?P<number>number|num|no)|(?P<suffix>suffix|suff|sfx))|(?P<text>text|description|desc))"
)
"""Of a gazetteer's columns, without underscores: the primary addressable object and the secondary one, within it."""
_LINE = re.compile(
    r"(?:street_)?(?:(?:address|addr|add|adr)_?(?:line|ln)?|line|street)_?([0-9]{1,2}|one|two|three|four|five|six)"
)
_ORDINAL_LINE = re.compile(
    r"(?:address_)?(1st|2nd|3rd|[4-6]th|first|second|third|fourth|fifth|sixth)_(?:address_)?line(?:_(?:of_)?address)?"
)
_WORDED = {
    word: number
    for words in ("one two three four five six", "first second third fourth fifth sixth")
    for number, word in enumerate(words.split(), start=1)
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_PREMISES = (
    "property",
    "prop",
    "premises",
    "premise",
    "hereditament",
    "dwelling",
    "site",
    "location",
    "loc",
    "full",
    "hmo",
    "qualifying",  # of an elector: where the vote is held, whatever the address for letters
)
"""Before the words of an address: that it is of the premises a row is about. The first that a table has goes before the others."""
_OF_SOMEBODY = (
    *("establishment", "school", "delivery", "trading", "business", "registered_office", "registered", "reg"),
    *(
        "service",
        "supply",
        "installation",
        "home",
        "residential",
        "physical",
        "current",
        "main",
    ),
    *("customer", "client", "house", "billing", "correspondence", "mailing", "contact"),
)
"""Before the words of an address: whose it is. Where a table has two of them, nobody knows which is meant."""
_WITHIN = ("properties", "attributes", "tags", "fields", "record", "source", "data")
"""Of objects that hold the fields of a row, and say nothing about them."""


def plain_name(column: str) -> str:
    """Return a column's name in lower case with underscores: `Address Line 1` is `address_line_1`, as is `AddressLine_1`."""
    parted = _CAMEL.sub("_", column.strip())
    return re.sub(r"[^0-9a-z]+", "_", parted.lower()).strip("_")


def column_positions(columns: Sequence[str]) -> dict[str, int]:
    """Return where each plain name stands first in a header."""
    positions: dict[str, int] = {}
    for position, column in enumerate(columns):
        positions.setdefault(plain_name(column), position)
    return positions


def component_words(field: str) -> tuple[str, ...]:
    """Return the words for a component of an address, its own name first."""
    return (field, *COMPONENTS[field])


def line_number(name: str) -> int | None:
    """Return which line of an address a plain name speaks of, counted as it counts; None for another name.

    >>> [line_number(name) for name in ("address_line_2", "addr3", "address_line_two", "first_line_of_address", "address")]
    [2, 3, 2, 1, None]
    """
    found = _LINE.fullmatch(name) or _ORDINAL_LINE.fullmatch(name)
    return (_WORDED.get(found[1]) or int(found[1].rstrip("stndrh"))) if found else None


def is_address_word(name: str) -> bool:
    """Return whether a plain name speaks of an address."""
    return (
        name in _WORDS
        or line_number(name) is not None
        or GAZETTEER.fullmatch(name.replace("_", "")) is not None
    )


def address_positions(columns: Sequence[str]) -> dict[str, int]:
    """Return where each plain name stands, and what is behind a word of whose address it is: `street` for `addr:street` or `Site Street`.

    A column that stands without such a word goes before one that has it.
    """
    positions = column_positions(columns)
    for name, position in list(positions.items()):
        positions.setdefault(_parted_word(name), position)
    for column, position in list(zip(columns, range(len(columns)), strict=True)):
        if (parts := re.split(r"[.:]", column, maxsplit=1))[1:] and plain_name(parts[0]) in _WITHIN:
            positions.setdefault(plain_name(parts[1]), position)
    for names in _qualified(columns, positions):
        for name, position in names.items():
            positions.setdefault(name, position)
    return positions


def _qualified(columns: Sequence[str], positions: Mapping[str, int]) -> list[dict[str, int]]:
    """Return, at most once, the names that stand behind the same word of whose address they are."""
    parted: dict[str, dict[str, int]] = {}
    for column, position in zip(columns, range(len(columns)), strict=True):
        head, mark, tail = _parted(column)
        if mark and "addr" in head.lower():
            parted.setdefault(plain_name(head), {}).setdefault(_parted_word(plain_name(tail)), position)
    if len(parted) == 1:
        return list(parted.values())
    if parted or any(_says_where(name) for name in positions):
        return []
    of_premises = [named for word in _OF_PREMISES if (named := _behind(word, positions))]
    of_somebody = [named for word in _OF_SOMEBODY if (named := _behind(word, positions))]
    return of_premises[:1] or (of_somebody if len(of_somebody) == 1 else [])


def _behind(word: str, positions: Mapping[str, int]) -> dict[str, int]:
    """Return the names that stand behind a word, where they say which premises is meant."""
    named = {
        word_behind: position
        for name, position in positions.items()
        if (rest := name.removeprefix(f"{word}_")) != name
        and is_address_word(word_behind := _parted_word(rest))
    }
    return named if any(_says_where(name) for name in named) else {}


def _parted_word(name: str) -> str:
    """Return a known word that is written as one: `streetname` is `street_name`."""
    return _WRITTEN_AS_ONE.get(name, name)


def _parted(column: str) -> tuple[str, str, str]:
    """Part `addr:street` and `RegAddress.PostTown` at their mark, behind what an object within a row is called."""
    parts = re.split(r"([.:])", column, maxsplit=1)
    if len(parts) == 3 and plain_name(parts[0]) in _WITHIN:
        return _parted(parts[2])
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (column, "", "")


def _says_where(name: str) -> bool:
    """Return whether a column of this name can hold more than a place and who is there."""
    return (
        name in _TELLING or line_number(name) == 1 or GAZETTEER.fullmatch(name.replace("_", "")) is not None
    )


_TELLING = frozenset(
    {
        *WHOLE,
        *STREET_LINES,
        *DEPENDENT_STREET,
        *(
            word
            for field in ("building_name", "building_number", "street_name")
            for word in component_words(field)
        ),
    }
)
_WORDS = frozenset(
    {
        *_TELLING,
        *POSTCODE,
        *DEPENDENT_LOCALITY,
        *(word for field in COMPONENTS for word in component_words(field)),
    }
)
_WRITTEN_AS_ONE = {as_one: word for word in sorted(_WORDS) if (as_one := word.replace("_", "")) not in _WORDS}
