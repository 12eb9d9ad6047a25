import pyarrow as pa
import pytest

from address_match.indexer.sources.columns.address_columns import detect_address_columns
from address_match.indexer.sources.table_batch import TableBatch, schema_of_texts


def address(row: dict[str, str]) -> str:
    """Return the one line that a row with these columns is composed to."""
    data = pa.RecordBatch.from_pylist([row], schema=schema_of_texts(list(row)))
    (found,) = detect_address_columns(tuple(row)).composition.addresses(TableBatch(1, data, ()))
    return found


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ({"PAO_START_NUMBER": "10"}, "10 MILL LANE"),
        (
            {
                "PAO_START_NUMBER": "10.0",
                "PAO_START_SUFFIX": "A",
                "PAO_END_NUMBER": "12",
                "PAO_END_SUFFIX": "B",
            },
            "10A-12B MILL LANE",
        ),
        ({"PAO_START_NO": "10", "PAO_END_NO": "0", "SAO_START_NO": "0", "SAO_END_NO": "0"}, "10 MILL LANE"),
        ({"PAO_TEXT": "OAST HOUSE", "PAO_START_NUMBER": ""}, "OAST HOUSE, MILL LANE"),
        ({"PAO_TEXT": "OAST HOUSE", "PAO_START_NUMBER": "10"}, "OAST HOUSE, 10 MILL LANE"),
        ({"SAO_TEXT": "FLAT 2", "SAO_START_NUMBER": "", "PAO_START_NUMBER": "10"}, "FLAT 2, 10 MILL LANE"),
        (
            {"SaoText": "UNIT", "SaoStartNumber": "2", "PaoText": "OAST COURT"},
            "UNIT 2, OAST COURT, MILL LANE",
        ),
        ({"SAOStartNumber": "2", "SAOStartSuffix": "A", "PAOStartNumber": "10"}, "FLAT 2A, 10 MILL LANE"),
        ({"SAO": "2", "PAO": "10"}, "FLAT 2, 10 MILL LANE"),
    ],
)
def test_addressable_objects_of_a_gazetteer_are_written_as_an_address(
    objects: dict[str, str], expected: str
) -> None:
    assert address({**objects, "STREET_DESCRIPTION": "MILL LANE"}) == expected


def test_street_locality_town_and_postcode_of_a_gazetteer_follow_in_their_order() -> None:
    row = {
        "TOWN_NAME": "OSTWICK",
        "POSTCODE_LOCATOR": "ZE1 4QT",
        "STREET_DESCRIPTOR": "MILL LANE",
        "LOCALITY_NAME": "NETHER END",
        "PAO_START_NUMBER": "10",
        "ORGANISATION": "MILL BAKERY",
    }
    assert address(row) == "MILL BAKERY, 10 MILL LANE, NETHER END, OSTWICK, ZE1 4QT"


PLUS = {
    "RM_ORGANISATION_NAME": "",
    "BUILDING_NUMBER": "",
    "THOROUGHFARE": "",
    "POST_TOWN": "",
    "POSTCODE": "",
    "PAO_START_NUMBER": "10",
    "PAO_END_NUMBER": "12",
    "STREET_DESCRIPTION": "MILL LANE",
    "TOWN_NAME": "OSTWICK",
    "POSTCODE_LOCATOR": "ZE1 4QT",
}


def test_a_row_without_a_postal_address_takes_that_of_the_gazetteer() -> None:
    assert address(PLUS) == "10-12 MILL LANE, OSTWICK, ZE1 4QT"


def test_a_bare_word_for_an_object_is_that_of_the_gazetteer_beside_its_other_columns() -> None:
    row = {"PAO_TEXT": "", "PAO_START_NUMBER": "12", "SAO": "FLAT 2", "STREET": "MILL LANE", "TOWN": "MARLOW"}
    assert address(row) == "FLAT 2, 12 MILL LANE, MARLOW"


def test_a_row_with_a_postal_address_takes_no_number_of_the_gazetteer() -> None:
    row = {**PLUS, "BUILDING_NUMBER": "11", "THOROUGHFARE": "MILL ROAD", "POSTCODE": "ZE1 4QX"}
    assert address(row) == "11 MILL ROAD, OSTWICK, ZE1 4QX"


def test_an_organisation_alone_is_no_postal_address_beside_a_gazetteer() -> None:
    assert address({**PLUS, "RM_ORGANISATION_NAME": "MILL BAKERY"}).startswith("MILL BAKERY, 10-12 MILL LANE")


def test_a_dependent_street_and_a_double_dependent_locality_are_written() -> None:
    row = {
        "BUILDING_NUMBER": "3",
        "DEPENDENT_THOROUGHFARE": "MILL COURT",
        "THOROUGHFARE": "MILL LANE",
        "DOUBLE_DEPENDENT_LOCALITY": "UPPER END",
        "DEPENDENT_LOCALITY": "NETHER END",
    }
    assert address(row) == "3 MILL COURT, MILL LANE, UPPER END, NETHER END"


def test_a_house_of_a_court_and_the_number_of_the_court_are_both_written() -> None:
    row = {"HouseNumber": "3", "SubStreetName": "MILL COURT", "StreetNumber": "12", "StreetName": "MILL LANE"}
    assert address(row) == "3 MILL COURT, 12 MILL LANE"
    assert address({**row, "SubStreetName": ""}) == "3, 12 MILL LANE"


def test_each_row_takes_the_first_column_of_a_place_that_it_fills() -> None:
    row = {
        "paon": "3",
        "street": "MILL LANE",
        "Locality": "",
        "Village": "NETHER END",
        "District": "",
        "County": "ZETLAND",
    }
    assert address(row) == "3 MILL LANE, NETHER END, ZETLAND"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"House Number": "12", "Address": "MILL LANE, MARLOW"}, "12 MILL LANE, MARLOW"),
        ({"House Number": "12", "Address": "12 MILL LANE, MARLOW"}, "12 MILL LANE, MARLOW"),
        ({"House Number": "12", "Address": "MILL LANE, ZE1 4QT"}, "12 MILL LANE, ZE1 4QT"),
        ({"Address1": "FLAT 2", "House No": "12", "Street": "MILL LANE"}, "FLAT 2, 12 MILL LANE"),
        ({"Address1": "12 MILL LANE", "Street": "MILL LANE"}, "12 MILL LANE"),
        ({"Property Name": "OAST HOUSE", "Address 1": "MILL LANE"}, "OAST HOUSE, MILL LANE"),
        ({"Address": "OAST HOUSE", "Address 2": "12 MILL LANE"}, "OAST HOUSE, 12 MILL LANE"),
        ({"Street Address": "12 MILL LANE", "Address Line 2": "FOLD"}, "12 MILL LANE, FOLD"),
        (
            {"House Name/Number": "OAST HOUSE", "Address": "FLAT 2, MILL LANE"},
            "OAST HOUSE, FLAT 2, MILL LANE",
        ),
        ({"House Name/Number": "12", "Address": "12 MILL LANE"}, "12 MILL LANE"),
        ({"Number": "7", "Address": "OAST HOUSE, MILL LANE"}, "OAST HOUSE, MILL LANE"),
        ({"Company name": "OAST DENTAL CARE", "Street 1": "12 MILL LANE"}, "OAST DENTAL CARE, 12 MILL LANE"),
        ({"Trading As": "Shop", "Address": "12 MILL LANE"}, "12 MILL LANE"),
        ({"Organisation": "MARLOW COUNCIL", "Address": "12 MILL LANE"}, "12 MILL LANE"),
    ],
)
def test_what_stands_beside_an_address_is_written_unless_it_says_it(
    row: dict[str, str], expected: str
) -> None:
    assert address(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"Prop Addr1": "12 MILL LANE", "Prop Addr2": "MARLOW", "Billing Addr1": "9 FAR ROAD"},
            "12 MILL LANE, MARLOW",
        ),
        ({"Location Street Address": "12 MILL LANE", "Location City": "MARLOW"}, "12 MILL LANE, MARLOW"),
        (
            {"Delivery Address Line 1": "12 MILL LANE", "Delivery Postcode": "ZE1 4QT"},
            "12 MILL LANE, ZE1 4QT",
        ),
        ({"PropertyAddress1": "12 MILL LANE", "PropertyPostCode": "ZE1 4QT"}, "12 MILL LANE, ZE1 4QT"),
        ({"Site Address": "12 MILL LANE", "Applicant Address": "9 FAR ROAD"}, "12 MILL LANE"),
        ({"properties.addr:housenumber": "12", "properties.addr:street": "MILL LANE"}, "12 MILL LANE"),
        ({"property.address.line_1": "12 MILL LANE", "owner": "X"}, "12 MILL LANE"),
        (
            {"House Name or Number": "12", "Road Name": "MILL LANE", "Town or City": "MARLOW"},
            "12 MILL LANE, MARLOW",
        ),
        ({"House No./Name": "12", "Street": "MILL LANE", "Town/Village": "MARLOW"}, "12 MILL LANE, MARLOW"),
        (
            {"Flat/Unit": "FLAT 2", "Street 1": "12 MILL LANE", "Street 2": "FOLD"},
            "FLAT 2, 12 MILL LANE, FOLD",
        ),
        ({"First line of address": "12 MILL LANE", "Town": "MARLOW"}, "12 MILL LANE, MARLOW"),
        (
            {"First line of address": "FLAT 2", "Second line of address": "12 MILL LANE", "3rd Line": "FOLD"},
            "FLAT 2, 12 MILL LANE, FOLD",
        ),
        ({"Housenumber": "12", "Streetname": "MILL LANE", "Posttown": "MARLOW"}, "12 MILL LANE, MARLOW"),
        ({"Site Streetname": "MILL LANE", "Site Housenumber": "12"}, "12 MILL LANE"),
        ({"HMO Address Line 1": "12 MILL LANE", "Licensee Address": "9 FAR ROAD"}, "12 MILL LANE"),
        (
            {"Qualifying Address 1": "12 MILL LANE", "Correspondence Address 1": "9 FAR ROAD"},
            "12 MILL LANE",
        ),
        (
            {
                "registered_office_address.premises": "12",
                "registered_office_address.address_line_1": "MILL LANE",
            },
            "12 MILL LANE",
        ),
        ({"data.address.premises": "12", "data.address.address_line_1": "MILL LANE"}, "12 MILL LANE"),
        ({"Premises": "SHOP AND PREMISES", "Property Address": "12 MILL LANE"}, "12 MILL LANE"),
        ({"Street Address": "12 MILL LANE", "Unit": "FLAT 2", "City": "HAM"}, "FLAT 2, 12 MILL LANE, HAM"),
        ({"Address": "12 MILL LANE", "Unit": "HOUSING", "City": "HAM"}, "12 MILL LANE, HAM"),
        (
            {"Building Number": "12", "Thoroughfare & Descriptor": "MILL LANE", "Post Town": "HAM"},
            "12 MILL LANE, HAM",
        ),
        ({"bldg_name": "OAST HOUSE", "house_nbr": "2", "street": "MILL LANE"}, "OAST HOUSE, 2 MILL LANE"),
        ({"adr_street": "12 MILL LANE", "adr_city": "HAM"}, "12 MILL LANE, HAM"),
        ({"ADDR_NUM": "12", "ADDR_STREET": "MILL LANE", "ADDR_TOWN": "HAM"}, "12 MILL LANE, HAM"),
        ({"Cyfeiriad 1": "12 HEOL FAWR", "Tref": "HAM", "Cod Post": "ZE1 4QT"}, "12 HEOL FAWR, HAM, ZE1 4QT"),
        ({"Property Number": "12", "Street": "MILL LANE", "Postal Town": "HAM"}, "12 MILL LANE, HAM"),
    ],
)
def test_the_words_of_an_address_may_stand_behind_whose_it_is(row: dict[str, str], expected: str) -> None:
    assert address(row) == expected


def test_of_two_addresses_of_somebody_none_is_taken() -> None:
    assert not detect_address_columns(("Billing Address", "Delivery Address")).address


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"Flat": "2", "House No": "12"}, "FLAT 2, 12 MILL LANE"),
        ({"flat_no": "2A", "House No": "12B"}, "FLAT 2A, 12B MILL LANE"),
        ({"Apartment": "2", "Building": "", "House No": "12"}, "APARTMENT 2, 12 MILL LANE"),
        ({"Unit Number": "2", "Number": "10-12"}, "UNIT 2, 10-12 MILL LANE"),
        ({"Flat": "2", "Building": "MILL COTTAGES"}, "2 MILL COTTAGES, MILL LANE"),
        ({"Flat": "2", "Building": "OAST COURT", "House No": "12"}, "2 OAST COURT, 12 MILL LANE"),
        ({"Flat": "GARDEN FLAT", "House No": "12"}, "GARDEN FLAT, 12 MILL LANE"),
        ({"Unit": "12", "House No": ""}, "12 MILL LANE"),
        ({"Unit": "12"}, "12 MILL LANE"),
    ],
)
def test_a_number_in_a_column_of_units_is_written_as_a_unit_of_the_house_number_behind_it(
    row: dict[str, str], expected: str
) -> None:
    assert address({**row, "Street": "MILL LANE"}) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"House Number": "2", "House Number Suffix": "A", "Street": "MILL LANE"},
            "2A MILL LANE",
        ),
        ({"House No From": "2", "House No To": "6", "Road": "MILL LANE"}, "2-6 MILL LANE"),
        ({"Building Number": "2", "Building Number To": "6", "Road": "MILL LANE"}, "2-6 MILL LANE"),
        ({"Number": "2", "Suffix": "A", "Street/Road": "MILL LANE"}, "2A MILL LANE"),
        ({"Surname": "X", "Suffix": "J", "Number": "2", "Road": "MILL LANE"}, "2 MILL LANE"),
        (
            {"Flat No/House Name": "3", "House No.": "2", "Street Name": "MILL LANE"},
            "FLAT 3, 2 MILL LANE",
        ),
        (
            {"Flat/House Number": "2", "Street": "MILL LANE", "Postcode/Zip": "ZE1 4QT"},
            "2 MILL LANE, ZE1 4QT",
        ),
        ({"House": "THE OAST", "Street": "MILL LANE"}, "THE OAST, MILL LANE"),
        ({"House #": "2", "Building": "THE OAST", "Street": "MILL LANE"}, "THE OAST, 2 MILL LANE"),
        ({"Address": "2 MILL LANE", "Outcode": "ZE1", "Incode": "4QT"}, "2 MILL LANE, ZE1 4QT"),
        ({"Address 1": "2 MILL LANE", "Address 2": "NULL", "Town": "N/A"}, "2 MILL LANE"),
        ({"LPI_ADDRESS": "", "DPA_ADDRESS": "2 MILL LANE"}, "2 MILL LANE"),
        (
            {"Address": "2 MILL LANE OTLEY ZE1 4QT", "Town": "Otley", "Postcode": "ZE1 4QT"},
            "2 MILL LANE OTLEY ZE1 4QT",
        ),
    ],
)
def test_one_thing_may_stand_in_several_columns_and_several_in_one(
    row: dict[str, str], expected: str
) -> None:
    assert address(row) == expected


@pytest.mark.parametrize(
    ("doors", "expected"),
    [
        ({"House": "Rose Cottage", "Number": ""}, "Rose Cottage, MILL LANE"),
        ({"House": "Oast House", "Number": "12"}, "Oast House, 12 MILL LANE"),
        ({"House": "12A", "Number": ""}, "12A MILL LANE"),
        ({"House": "Semi-detached", "Number": "12"}, "12 MILL LANE"),
        ({"House": "Flat", "Flat No": "2", "House No": "12"}, "FLAT 2, 12 MILL LANE"),
        ({"House": "Council", "House Name": "Rose Cottage", "House No": ""}, "Rose Cottage, MILL LANE"),
        ({"Building": "Terraced house", "Number": "12"}, "12 MILL LANE"),
        ({"Building": "Bungalow", "Number": ""}, "Bungalow, MILL LANE"),
        ({"Flat": "N", "House Number": "12"}, "12 MILL LANE"),
        ({"Number": "", "Name": "Rose Cottage"}, "Rose Cottage, MILL LANE"),
        ({"Number": "12", "Name": "Wright J"}, "12 MILL LANE"),
        ({"Number": "12", "Name": "Flat 2"}, "Flat 2, 12 MILL LANE"),
        ({"Name": "Wright J", "Ref": "7", "Number": ""}, "MILL LANE"),
        ({"House No": "01-Mar"}, "1-3 MILL LANE"),
        ({"No.": "12", "Sub-Property": "2"}, "FLAT 2, 12 MILL LANE"),
        ({"Property Number": "12", "Property Suffix": "A"}, "12A MILL LANE"),
        ({"Name of the building or land or both": "Oast House"}, "Oast House, MILL LANE"),
        ({"House No": "2026-08-02"}, "2-8 MILL LANE"),
        ({"House No": "12", "House No To": "14"}, "12-14 MILL LANE"),
        ({"House No": "12,0", "Flat": "2,0"}, "FLAT 2, 12 MILL LANE"),
        ({"House No": "0", "House Name": "Oast House"}, "Oast House, MILL LANE"),
        ({"No.": "12", "Letter": "A"}, "12A MILL LANE"),
        ({"No.": "12", "Ext": "A"}, "12A MILL LANE"),
        ({"HSE_NO": "12", "HSE_NAME": "Oast House"}, "Oast House, 12 MILL LANE"),
        ({"no_from": "12", "no_suffix": "A", "no_to": "14"}, "12A-14 MILL LANE"),
        ({"Enw T\u0177": "Oast House", "Rhif T\u0177": "12"}, "Oast House, 12 MILL LANE"),
        ({"Apt/Suite": "2", "House No": "12"}, "FLAT 2, 12 MILL LANE"),
        (
            {"Primary Addressable Object Start Number": "12", "Secondary Addressable Object Text": "FLAT 2"},
            "FLAT 2, 12 MILL LANE",
        ),
    ],
)
def test_a_door_is_written_without_what_is_no_name_or_number_of_it(
    doors: dict[str, str], expected: str
) -> None:
    assert address({**doors, "Street": "MILL LANE"}) == expected


def test_a_row_that_leaves_the_whole_address_empty_is_read_from_its_lines() -> None:
    lines = {"Address Line 1": "12 Mill Lane", "Address Line 2": "Otley"}
    assert address({"Address": "", **lines}) == "12 Mill Lane, Otley"
    assert address({"Address": "9 High Street", **lines}) == "9 High Street"


def test_columns_without_a_name_behind_a_whole_address_are_lines_of_it() -> None:
    columns = ["Ref", "Address", "", "", "Postcode", ""]
    data = pa.RecordBatch.from_arrays(
        [pa.array([cell]) for cell in ("7", "Flat 2", "12 Mill Lane", "", "ZE1 4QT", "x")], names=columns
    )
    found = detect_address_columns(columns).composition
    assert found.addresses(TableBatch(1, data, ())) == ["Flat 2, 12 Mill Lane, ZE1 4QT"]


def test_the_street_of_an_object_is_no_line_beside_itself() -> None:
    row = {"address.unit": "Flat 2", "address.buildingNumber": "12", "address.street": "Mill Lane"}
    assert address(row) == "Flat 2, 12 Mill Lane"


@pytest.mark.parametrize(
    "columns",
    [
        ("No & Street", "Area/Village"),
        ("Address (Part 1)", "Address (Part 2)"),
        ("Address_x0020_Line_x0020_1", "Address_x0020_Line_x0020_2"),
    ],
)
def test_lines_are_known_by_other_words(columns: tuple[str, str]) -> None:
    assert address(dict(zip(columns, ("12 Mill Lane", "Otley"), strict=True))) == "12 Mill Lane, Otley"


def test_a_whole_address_may_say_that_it_has_its_postcode() -> None:
    assert (
        address({"Ref": "7", "Full address inc postcode": "12 Mill Lane, ZE1 4QT"}) == "12 Mill Lane, ZE1 4QT"
    )


def test_a_name_beside_the_number_of_an_address_is_that_of_a_house_without_one() -> None:
    row = {"ADDR_NAME": "Oast House", "ADDR_NO": "", "ADDR_ROAD": "Mill Lane"}
    assert address(row) == "Oast House, Mill Lane"
    assert address(row | {"ADDR_NO": "12"}) == "12 Mill Lane"
