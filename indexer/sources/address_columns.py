"""Which columns of a table make an address, and how they are written as one line."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from address_match.indexer.record import COMPONENT_COLUMNS
from address_match.indexer.sources.address_form import (
    AddressComposition,
    AddressForm,
    AddressPart,
    FirstFilled,
    NumberRange,
    SecondaryObject,
)

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
_GAZETTEER_STREET = ("street_description", "street_descriptor")
_LINE = re.compile(r"(?:address|addr|add|adr)_?(?:line|ln)?_?([0-9]{1,2}|one|two|three|four|five|six)")
_WORDED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "organisation_name": (
        "organisation",
        "organization_name",
        "organization",
        "rm_organisation_name",
        "la_organisation",
        "company",
        "company_name",
        "business_name",
    ),
    "department_name": ("department",),
    "sub_building_name": ("sub_building", "subbuilding_name", "subbuilding", "flat", "unit", "saon", "sao"),
    "building_name": ("building", "house_name", "buildingname", "housename"),
    "building_number": (
        "house_number",
        "number",
        "buildingnumber",
        "housenumber",
        "house_no",
        "street_number",
        "paon",  # of Price Paid: a number, or a name where there is none
        "pao",
    ),
    "street_name": ("street", "thoroughfare", "thoroughfare_name", *_GAZETTEER_STREET, "road"),
    "locality": ("dependent_locality", "locality_name", "village"),
    "town_name": ("town", "post_town", "posttown", "city", "town_city"),
    "county": ("county_name", "administrative_area", "district"),
}
_DEPENDENT_STREET = (
    "dependent_thoroughfare",
    "dependent_thoroughfare_name",
    "dep_thoroughfare",
    "sub_street_name",
    "sub_street",
)
_DEPENDENT_LOCALITY = ("double_dependent_locality", "dbl_dependent_locality")
_GAZETTEER = re.compile(
    r"(?P<object>sao|pao)(?:(?P<end>start|end)?(?:(?P<number>number|num|no)|(?P<suffix>suffix|suff|sfx))|(?P<text>text|description|desc))"
)
"""Of a gazetteer's columns, without underscores: the primary addressable object and the secondary one, within it."""
_PLACES = ("locality", "town_name", "county")
"""Always added, and never enough: every address of a place shares them."""
_ORGANISATIONS = ("organisation_name", "department_name")
_DOORS = ("sub_building_name", "building_name", "building_number")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATA = re.compile(
    r"^[0-9]"  # an identifier, or a house number
    r"|[0-9][A-Za-z]?,? +[A-Za-z]"  # FLAT 2 MILL HOUSE
    r"|[A-Za-z]{1,2}[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}$"  # a postcode
    r"|.{41}"
)
"""What stands in a row of a table of addresses and in no column's name."""


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """Columns of a table, as they are written in its header, that make the address."""

    address: tuple[str, ...]
    """In the order in which they are written out; empty when none was found."""
    postcode: str | None
    """The column that holds the postcode alone."""
    composition: AddressComposition
    """How each row's address is made of them."""
    names_premises: bool = True
    """Whether they hold a street or a name, and a number or a name of the premises, as a reference needs."""
    names_more_than_places: bool = True
    """Whether they hold more than postcode, locality, town, county and who is there, as a query needs."""


def plain_name(column: str) -> str:
    """Return a column's name in lower case with underscores: `Address Line 1` is `address_line_1`, as is `AddressLine_1`."""
    parted = _CAMEL.sub("_", column.strip())
    return re.sub(r"[^0-9a-z]+", "_", parted.lower()).strip("_")


def detect_address_columns(columns: Sequence[str]) -> AddressColumns:
    """Find by name the column or columns that make the address, and the postcode's.

    A whole address goes before address lines, and these before components; towns and counties
    that stand beside them are added. Of components that a table has twice, as AddressBase Plus has a postal and a
    gazetteer's address, each row takes those that it fills.
    """
    named = _address_names(columns)
    lines = sorted(
        (_WORDED.get(m[1]) or int(m[1]), position)
        for name, position in named.items()
        if (m := _LINE.fullmatch(name))
    )
    whole = next((named[name] for name in _WHOLE if name in named), None)
    first = (whole,) if whole is not None else tuple(position for _, position in lines)
    places = _parts(named, *(_names(field) for field in _PLACES))
    forms: tuple[AddressForm, ...]
    if first:
        forms = (AddressForm(tuple(FirstFilled((position,)) for position in first)),)
    else:
        places = (*_parts(named, _DEPENDENT_LOCALITY), *places)
        forms = _forms(named)
    codes = tuple(named[name] for name in _POSTCODE if name in named)
    composition = AddressComposition(forms, places, FirstFilled(codes) if codes else None)
    return AddressColumns(
        tuple(columns[position] for position in composition.address),
        columns[codes[0]] if codes else None,
        composition,
        names_premises=bool(first) or any(_names_premises(form, named) for form in forms),
        names_more_than_places=any(form.doors or form.roads for form in forms),
    )


def _forms(named: Mapping[str, int]) -> tuple[AddressForm, ...]:
    postal, gazetteer = _postal_form(named), _gazetteer_form(named)
    if not gazetteer.doors:
        return (postal,)
    return (postal, gazetteer) if postal.doors else (gazetteer,)


def _postal_form(named: Mapping[str, int]) -> AddressForm:
    """Return the form of Royal Mail and of most registers."""
    doors = [_names(field) for field in _DOORS]
    roads: tuple[AddressPart, ...] = _parts(named, _names("street_name"))
    dependent = _parts(named, _DEPENDENT_STREET)
    if "house_number" in named and "street_number" in named:  # of the house in its court, and of the court
        doors[-1] = ("house_number",)
        roads = (*_parts(named, ("street_number",)), *roads)
    return AddressForm(_parts(named, *doors), (*dependent, *roads), _organisations(named))


def _gazetteer_form(named: Mapping[str, int]) -> AddressForm:
    """Return the form of BS 7666, without a door where a table has no columns of addressable objects."""
    found: dict[tuple[str, str], int] = {}
    for name, position in named.items():
        if m := _GAZETTEER.fullmatch(name.replace("_", "")):
            what = "text" if m["text"] else f"{m['end'] or 'start'}{'_suffix' if m['suffix'] else ''}"
            found.setdefault((m["object"], what), position)
    secondary = SecondaryObject(found.get(("sao", "text")), _number_range(found, "sao"))
    building = found.get(("pao", "text"))
    objects = (
        secondary,
        *(() if building is None else (FirstFilled((building,)),)),
        _number_range(found, "pao"),
    )
    street = (*_GAZETTEER_STREET, *_names("street_name"))
    return AddressForm(
        tuple(part for part in objects if part.positions),
        _parts(named, tuple(dict.fromkeys(street))),
        _organisations(named),
    )


def _organisations(named: Mapping[str, int]) -> tuple[AddressPart, ...]:
    return _parts(named, *(_names(field) for field in _ORGANISATIONS))


def _number_range(found: Mapping[tuple[str, str], int], of: str) -> NumberRange:
    return NumberRange(*(found.get((of, what)) for what in ("start", "start_suffix", "end", "end_suffix")))


def _parts(named: Mapping[str, int], *names: Sequence[str]) -> tuple[AddressPart, ...]:
    """Return a part for each group of names of which a table has any column."""
    found = (tuple(named[name] for name in group if name in named) for group in names)
    return tuple(FirstFilled(positions) for positions in found if positions)


def _names(field: str) -> tuple[str, ...]:
    return (field, *_SYNONYMS[field])


def _names_premises(form: AddressForm, named: Mapping[str, int]) -> bool:
    """Return whether a form has a road or a name, and a number or a name."""
    has_name = any(
        name in named for field in ("building_name", "organisation_name") for name in _names(field)
    )
    has_gazetteer_name = any(
        (m := _GAZETTEER.fullmatch(name.replace("_", ""))) and m["object"] == "pao" and m["text"]
        for name in named
    )
    return bool(form.doors or form.organisations) and (bool(form.roads) or has_name or has_gazetteer_name)


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


def names_columns(row: Sequence[str]) -> bool:
    """Return whether a row is a header that names a column of an address, or the identifier; most cells of data would say it is none.

    >>> names_columns(["UPRN", "Site"]), names_columns(["Extract of May"]), names_columns(["12", "Mill Lane", "Unit"])
    (True, False, False)
    """
    cells = [cell.strip() for cell in row if cell.strip()]
    if 2 * sum(bool(_DATA.search(cell)) for cell in cells) >= len(cells):
        return False
    found = detect_address_columns(cells)
    return bool(found.address or found.postcode) or "uprn" in column_positions(cells)


def column_namesakes(columns: Sequence[str], used: Collection[int]) -> str:
    """Return which of the columns used, positions of a header, is not the only one of its name; empty where all are."""
    count = Counter(plain_name(column) for column in columns)
    for position in sorted(used):
        if (times := count[plain_name(columns[position])]) > 1:
            return f"{times} columns {columns[position]!r}: rename all but the one that is meant"
    return ""


def _address_names(columns: Sequence[str]) -> dict[str, int]:
    """Return where each plain name stands, `street` for `addr:street` too where one prefix alone speaks of addresses."""
    positions = column_positions(columns)
    parted = {column: re.split(r"[.:]", column, maxsplit=1) for column in columns}
    prefixes = {
        plain_name(parts[0]) for parts in parted.values() if len(parts) > 1 and "addr" in parts[0].lower()
    }
    if len(prefixes) == 1:
        for position, parts in enumerate(map(parted.__getitem__, columns)):
            if len(parts) > 1 and plain_name(parts[0]) in prefixes:
                positions.setdefault(plain_name(parts[1]), position)
    return positions


def _by_plain_name(columns: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for column in columns:
        named.setdefault(plain_name(column), column)
    return named


def _component_name(field: str, named: dict[str, str]) -> str | None:
    return next((name for name in _names(field) if name in named), None)
