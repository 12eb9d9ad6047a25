"""By which words the columns of an address are called."""

import re
from collections.abc import Mapping

from address_match.indexer.sources.columns.postcode_words import POSTCODE_OR_HALF

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
    "dpa_address",
    "geo_single_address_label",
    "single_address_label",
    "address_label",
    "address_block",
    "short_address",
    "addr",
    "address_line",
    "addr_line",
    "cyfeiriad",
)
"""Of a column that holds all of an address, in the order in which they are preferred."""
OF_ONE_REGISTER = ("lpi_address", "dpa_address")
"""The whole address of a gazetteer and that of Royal Mail, of which a row may have either."""
STREET_LINES = (
    "street_address",
    "address_street",
    "building_and_street",
    "street_and_number",
    *(
        f"{house}{number}{joined}_{street}"
        for house in ("", "house_")
        for number in ("number", "no")
        for joined in ("_and", "")
        for street in ("street", "road")
    ),
    "house_name_number_and_street",
    "house_name_or_number_and_street",
    "house_and_street",
)
"""Of a column that holds the first line alone."""
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
        "org",
        "org_name",
        "enw_sefydliad",
        "rm_organisation_name",
        "la_organisation",
        "company",
        "company_name",
        "business_name",
        "practice_name",
        "surgery_name",
        "trading_name",
        "trading_as",
        "trade_name",
        "store_name",
        "shop_name",
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
        "flat_or_house",
        "sub_property",
        "flat_position",
        "sub_premises",
        "sub_premises_name",
        "unit",
        "unit_number",
        "unit_no",
        "unit_name",
        "saon",
        "sao",
        "suite",
        "fflat",
    ),
    "building_name": (
        "building",
        "house_name",
        "buildingname",
        "housename",
        "property_name",
        "premises_name",
        "premise_name",
        "building_or_house_name",
        "house_or_building_name",
        "name_of_house",
        "name_of_building_or_land",  # of the assets of a council
        "name_of_the_building_or_land",
        "name_of_the_building_or_land_or_both",
        "block_name",
        "name_of_block",
        "asset_name",
        "block",
        "enw_ty",
        "enw_r_ty",
        "enw_adeilad",
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
        "st_no",
        "st_num",
        "property_number",
        "property_no",
        "premises_number",
        "premise_number",
        "door_number",
        "thoroughfare_number",
        "house_number_from",
        "house_no_from",
        "number_from",
        "building_number_from",
        "building_no_from",
        "street_number_from",
        "street_no_from",
        "start_number",
        "number_start",
        *_NAMES_OR_NUMBERS,
        "name_or_number",
        "number_or_name",
        "paon",  # of Price Paid: a number, or a name where there is none
        "pao",
        "premises",  # of Companies House: alike
        "no",
        "house",
        "no_from",
        "no_start",
        "rhif_ty",
        "rhif_y_ty",
    ),
    "street_name": (
        "street",
        "thoroughfare",
        "thoroughfare_name",
        "thoroughfare_descriptor",
        "thoroughfare_and_descriptor",
        *GAZETTEER_STREET,
        "road",
        "road_name",
        "st_name",
        "str_name",
        "primary_thorfare",  # of NI Pointer, as it is spelled there
        "primary_thoroughfare",
        "stryd",
        "ffordd",
        "heol",
    ),
    "locality": (
        "dependent_locality",
        "locality_name",
        "village",
        "suburb",
        "postal_district",
        "loc",
        "area_village",
        "village_area",
        "pentref",
        "ardal",
    ),
    "town_name": (
        "town",
        "post_town",
        "posttown",
        "post_town_name",
        "postal_town",
        "city",
        "city_name",
        "town_city",
        "town_or_city",
        "city_town",
        "town_village",
        "tref",
        "dinas",
        "tref_dinas",
    ),
    "county": ("county_name", "postal_county", "administrative_area", "admin_area", "district", "sir"),
}
"""Of the other words for each component, in the order in which they are preferred."""
_NUMBERS = (
    "house_number",
    "house_no",
    "number",
    "building_number",
    "building_no",
    "street_number",
    "street_no",
    "no",
)
BARE_SUFFIX = ("suffix", "letter", "alpha", "sfx", "suff", "ext", "extension")
"""Of the letter of a house number where it stands behind that; elsewhere it may be of somebody's name, or any other."""
NUMBER_SUFFIX = (
    *(
        f"{number}_{letter}"
        for letter in BARE_SUFFIX
        for number in (*_NUMBERS, "house", "property", "building")
    ),
    *BARE_SUFFIX,
)
"""Of the letter of a house number that stands in a column of its own."""
NUMBER_END = (*(f"{number}_{end}" for number in _NUMBERS for end in ("to", "end")), "end_number")
"""Of the last number of a range."""
DEPENDENT_STREET = (
    "dependent_thoroughfare",
    "dependent_thoroughfare_name",
    "dependent_thoroughfare_descriptor",
    "dependent_thoroughfare_and_descriptor",
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
    r"(?:street_)?(?:(?:address|addr|add|adr)_?(?:line|ln|field|part)?|line|street|location|(?:llinell_)?cyfeiriad)_?([0-9]{1,2}|one|two|three|four|five|six)"
)
_ORDINAL_LINE = re.compile(
    r"(?:address_)?(1st|2nd|3rd|[4-6]th|first|second|third|fourth|fifth|sixth)_(?:address_)?line(?:_(?:of_)?address)?"
)
_WORDED = {
    word: number
    for words in ("one two three four five six", "first second third fourth fifth sixth")
    for number, word in enumerate(words.split(), start=1)
}


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
        name in ADDRESS_WORDS
        or line_number(name) is not None
        or GAZETTEER.fullmatch(name.replace("_", "")) is not None
    )


TELLING = frozenset(
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
"""Of columns that can hold more than a place and who is there."""
ADDRESS_WORDS = frozenset(
    {
        *TELLING,
        *NUMBER_SUFFIX,
        *NUMBER_END,
        *POSTCODE_OR_HALF,
        *DEPENDENT_LOCALITY,
        *(word for field in COMPONENTS for word in component_words(field)),
    }
)
"""All of them."""
