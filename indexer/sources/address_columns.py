"""Which columns of a table make an address, and how they are written as one line."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from address_match.indexer.record import COMPONENT_COLUMNS

_WHOLE = (
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
    "property_address",
    "full_property_address",
    "address_of_property",
    "address_of_hmo",
    "addr",
)
_POSTCODE = ("postcode", "post_code", "pcode", "postal_code", "postcode_locator", "pcd", "pcds", "zip")
_LINE = re.compile(r"(?:address|addr|add|adr)_?(?:line|ln)?_?([0-9]{1,2}|one|two|three|four|five|six)")
_WORDED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "organisation_name": (
        "organisation",
        "organization_name",
        "organization",
        "company",
        "company_name",
        "business_name",
    ),
    "department_name": ("department",),
    "sub_building_name": ("sub_building", "subbuilding_name", "subbuilding", "flat", "unit", "saon"),
    "building_name": ("building", "house_name", "buildingname"),
    "building_number": (
        "house_number",
        "number",
        "buildingnumber",
        "house_no",
        "street_number",
        "paon",  # of Price Paid: a number, or a name where there is none
    ),
    "street_name": ("street", "thoroughfare", "thoroughfare_name", "street_description", "road"),
    "locality": ("dependent_locality", "locality_name", "district", "village"),
    "town_name": ("town", "post_town", "posttown", "city", "town_city"),
    "county": ("county_name", "administrative_area"),
}
_PLACES = ("locality", "town_name", "county")
"""Always added, and never enough: every address of a place shares them."""
_DOORS = ("sub_building_name", "building_name", "building_number", "organisation_name")
"""What tells one premises of a street from the next."""
_ROADS = ("street_name", "building_name", "organisation_name")
"""What a number or a unit needs beside it."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATA = re.compile(
    r"^[0-9]"  # an identifier, or a house number
    r"|[0-9][A-Za-z]?,? +[A-Za-z]"  # FLAT 2 MILL HOUSE
    r"|[A-Za-z]{1,2}[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}$"  # a postcode
    r"|.{41}"
)
"""What stands in a row of a table of addresses and in no column's name."""
_NUMBER = re.compile(r"[0-9]+[A-Za-z]?(?:[-/][0-9]+[A-Za-z]?)?")


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """Columns of a table, as they are written in its header, that make the address."""

    address: tuple[str, ...]
    """In the order in which they are written out; empty when none was found."""
    postcode: str | None
    """The column that holds the postcode alone."""
    names_premises: bool = True
    """Whether they hold a street or a name, and a number or a name of the premises, as a reference needs.

    Columns of a gazetteer (`PAO_START_NUMBER`) hold the number in parts, and are not composed.
    """
    names_more_than_places: bool = True
    """Whether they hold more than postcode, locality, town and county, as a query needs."""


def plain_name(column: str) -> str:
    """Return a column's name in lower case with underscores: `Address Line 1` is `address_line_1`, as is `AddressLine_1`."""
    parted = _CAMEL.sub("_", column.strip())
    return re.sub(r"[^0-9a-z]+", "_", parted.lower()).strip("_")


def detect_address_columns(columns: Sequence[str]) -> AddressColumns:
    """Find by name the column or columns that make the address, and the postcode's.

    A whole address goes before address lines, and these before components; towns and counties
    that stand beside them are added.
    """
    named = _by_plain_name(columns)
    postcode = postcode_column(columns)
    components = component_columns(columns)
    lines = sorted(
        (_WORDED.get(m[1]) or int(m[1]), column)
        for name, column in named.items()
        if (m := _LINE.fullmatch(name))
    )
    whole = next((named[name] for name in _WHOLE if name in named), None)
    first = (whole,) if whole is not None else tuple(column for _, column in lines)
    if first:
        added = tuple(components[field] for field in _PLACES if field in components)
        return AddressColumns((*first, *added), postcode)
    return AddressColumns(
        tuple(components.values()),
        postcode,
        names_premises=any(f in components for f in _ROADS)
        and any(f in components for f in _DOORS)
        and ("building_number" in components or not any(name.startswith("pao_") for name in named)),
        names_more_than_places=any(f not in _PLACES for f in components),
    )


def component_columns(columns: Sequence[str]) -> dict[str, str]:
    """Find by name, for each of COMPONENT_COLUMNS that a table has, the column that holds it."""
    named = _by_plain_name(columns)
    return {field: named[name] for field in COMPONENT_COLUMNS if (name := _component_name(field, named))}


def postcode_column(columns: Sequence[str]) -> str | None:
    """Find by name the column that holds the postcode."""
    named = _by_plain_name(columns)
    return next((named[name] for name in _POSTCODE if name in named), None)


def column_positions(columns: Sequence[str]) -> dict[str, int]:
    """Return where each plain name stands first in a header."""
    positions: dict[str, int] = {}
    for position, column in enumerate(columns):
        positions.setdefault(plain_name(column), position)
    return positions


def describe_header(columns: Sequence[str]) -> str:
    """Say for a message which columns there are; a first line that may be a row of data is not repeated.

    >>> describe_header(["uprn", "Address line 1"]), describe_header(["MILL LANE", "ZE1 4QT"])[:37]
    ('it has uprn, Address line 1', 'its first line looks like a row of da')
    """
    if any(_DATA.search(column.strip()) for column in columns):
        return "its first line looks like a row of data: put a line with the names of the columns before it"
    return f"it has {', '.join(columns)}"


def column_namesakes(columns: Sequence[str], used: Collection[int]) -> str:
    """Return which of the columns used, positions of a header, is not the only one of its name; empty where all are."""
    count = Counter(plain_name(column) for column in columns)
    for position in sorted(used):
        if (times := count[plain_name(columns[position])]) > 1:
            return f"{times} columns {columns[position]!r}: rename all but the one that is meant"
    return ""


def _by_plain_name(columns: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for column in columns:
        named.setdefault(plain_name(column), column)
    return named


def _component_name(field: str, named: dict[str, str]) -> str | None:
    return next((name for name in (field, *_SYNONYMS[field]) if name in named), None)


def join_address(parts: Sequence[str], postcode: str = "") -> str:
    """Write the parts of an address in one line, each once, the postcode at its end.

    >>> join_address(["12", "High Street", "", "Anytown"], "AB1 2CD")
    '12 High Street, Anytown, AB1 2CD'
    """
    written = ""
    separator = ""
    for part in parts:
        text = part.strip(" ,")
        if not text:
            continue
        if not written:
            written = text
        elif _NUMBER.fullmatch(text) or not _ends_with(written, text):
            written = f"{written}{separator}{text}"
        separator = " " if _NUMBER.fullmatch(text) else ", "
    code = postcode.strip()
    if not code:
        return written
    if code.replace(" ", "").upper() in written[-24:].replace(" ", "").upper():
        return written
    return f"{written}, {code}" if written else code


def _ends_with(written: str, part: str) -> bool:
    """Return whether a part already stands as one of the comma-separated parts before it."""
    if part.upper() not in written.upper():
        return False
    return part.upper() in (piece.strip().upper() for piece in written.split(","))
