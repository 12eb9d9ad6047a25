"""Readings under labels that the words around them contradict, each given as the model gives it."""

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.fields.field_reader import FieldReader
from tests.parser.fields.labelled import read_labelled


def test_a_letter_before_a_name_is_its_initial(reader: FieldReader) -> None:
    said = read_labelled(reader, "J Elmwood Bakers, 22 Elm Road", "UCCNSS")
    assert said == {"organisation": "J ELMWOOD BAKERS", "number": 22, "street": "ELM ROAD"}


@pytest.mark.parametrize(
    ("text", "labels"), [("J Elmwood, 22a Elm Road", "UUBSS"), ("J P Elmwood, 22a Elm Road", "UUBBSS")]
)
def test_initials_and_a_name_before_a_number_are_no_flat(reader: FieldReader, text: str, labels: str) -> None:
    name = text.partition(",")[0].upper()
    expected = {"organisation": name, "number": 22, "suffix": "A", "street": "ELM ROAD"}
    assert read_labelled(reader, text, labels) == expected


def test_initials_and_a_name_before_a_comma_and_a_house_are_no_flat(reader: FieldReader) -> None:
    said = read_labelled(reader, "R Elmwood, Ivy House, Green Lane", "UBBBSS")
    assert said == {"organisation": "R ELMWOOD", "building": "IVY HOUSE", "street": "GREEN LANE"}


def test_a_letter_behind_a_number_is_no_street(reader: FieldReader) -> None:
    assert read_labelled(reader, "12 B", "BB") == {"number": 12, "suffix": "B"}


def test_a_letter_before_a_part_is_the_part_s(reader: FieldReader) -> None:
    assert read_labelled(reader, "C Wing, 22 Elm Road", "UBBSS")["unit"] == "C"


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("Derby, Elm Terrace 16a", "TTPP", {"number": 16, "suffix": "A", "street": "ELM TERRACE"}),
        ("4 Elm Wynd 1L Dundee", "BSSLT", {"number": 4, "unit": "1L", "street": "ELM WYND"}),
        ("Elm House (West Wing), Oak Lane", "BBSSSS", {"building": "ELM HOUSE WEST WING"}),
        ("Fferm Tyddyn Mawr, Upton", "BBSL", {"building": "TYDDYN MAWR FARM", "locality": "UPTON"}),
        ("Tan yr Allt, Upton", "CCSL", {"building": "TAN YR ALLT", "locality": "UPTON"}),
        ("Arch 12, Elm Street", "BBSS", {"unit": "12", "unit_kind": "ARCH", "street": "ELM STREET"}),
        ("1 Elm Pk Central, Upton", "BSSLT", {"number": 1, "street": "ELM PARK CENTRAL"}),
        ("1 Elm Pk Cent, Upton", "BSSSL", {"number": 1, "street": "ELM PARK CENTRAL"}),
        ("14-2/2 Elm Road", "BSS", {"number": 14, "unit": "2/2", "street": "ELM ROAD"}),
        ("12-1/2 Elm Road", "BSS", {"number": 12, "suffix": "½", "street": "ELM ROAD"}),
        (
            "The Caravan, Elm Farm, Oak Lane",
            "BBBBSS",
            {"unit_kind": "CARAVAN", "building": "ELM FARM", "street": "OAK LANE"},
        ),
        ("12 New X Rd", "BSSS", {"number": 12, "street": "NEW CROSS ROAD"}),
        ("4 Hillside W, Upton", "BSSL", {"number": 4, "street": "HILLSIDE WEST"}),
        (
            "Retail Unit 4, Elm Arcade, Oak Road",
            "BBBBBSS",
            {"unit": "4", "unit_kind": "UNIT", "building": "ELM ARCADE", "other": "RETAIL"},
        ),
        (
            "Flat 3, 16 to 18 Elm Road",
            "UUBBBSS",
            {"unit": "3", "number": 16, "number_end": 18, "street": "ELM ROAD"},
        ),
        ("Unit 4, 5 and 6, Elm Park", "UUBBBBB", {"unit": "4-6", "building": "ELM PARK"}),
        ("The Studio 16 Elm Road", "BBBSS", {"unit_kind": "STUDIO", "number": 16, "street": "ELM ROAD"}),
        (
            "Tower B, 201, Elm Quay, 5 Oak Road",
            "UUBBBBSS",
            {"unit": "201 B", "unit_kind": "PART TOWER", "building": "ELM QUAY", "number": 5},
        ),
        (
            "12 Oak Road, Rose Cottage, Leeds",
            "NSSSSL",
            {"building": "ROSE COTTAGE", "number": 12, "street": "OAK ROAD", "locality": "LEEDS"},
        ),
        ("12 Oak Road, Townland of Elmroe", "NSSLLL", {"locality": "ELMROE", "other": "TOWNLAND OF"}),
        ("1, 3 and 5 Elm Road", "UNBBSS", {"number": 1, "number_end": 5, "street": "ELM ROAD"}),
        ("Flat 1, 3 and 5 Elm Road", "UUNBBSS", {"unit": "1", "number": 3, "number_end": 5}),
        ("Post Office, 3 Elm Way", "CUUSS", {"organisation": "POST OFFICE", "number": 3}),
        ("Flat above Post Office, 3 Elm Way", "UUUUUSS", {"building": "POST OFFICE", "unit_kind": "FLAT"}),
        ("Site 6 Elm Way, Upton", "BBSSL", {"unit": "6", "unit_kind": "SITE", "street": "ELM WAY"}),
        ("The Farmhouse, Elm Farm, Upton", "BBBBL", {"building": "ELM FARMHOUSE"}),
    ],
)
def test_what_was_taken_for_a_place_or_a_street_is_read_by_its_words(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    read = read_labelled(reader, text, labels)
    assert {field: read.get(field) for field in said} == said


@pytest.mark.parametrize(
    ("text", "labels", "organisation", "other"),
    [
        ("J Elmwood c/o R Oakley, 22 Elm Road", "UCCCCNSS", "", "J ELMWOOD C/O R OAKLEY"),
        ("J Elmwood c/o R Oakley 22 Elm Road", "CCCCCNSS", "", "J ELMWOOD C/O R OAKLEY"),
        ("J Elmwood c/o Oakley Solicitors, 22 Elm Road", "CCCCCNSS", "OAKLEY SOLICITORS", "J ELMWOOD C/O"),
        ("Elmwood Ltd c/o Oakley Ltd, 22 Elm Road", "CCCCCNSS", "ELMWOOD LIMITED C/O OAKLEY LIMITED", ""),
    ],
)
def test_persons_in_whose_care_a_letter_goes_are_no_part_of_the_address(
    reader: FieldReader, text: str, labels: str, organisation: str, other: str
) -> None:
    said = read_labelled(reader, text, labels)
    assert (said.get("organisation", ""), said.get("other", "")) == (organisation, other)
    assert (said["number"], said["street"]) == (22, "ELM ROAD")


def test_a_prison_is_named_by_the_word_behind_it(reader: FieldReader) -> None:
    said = read_labelled(reader, "A1234BC, HMP Elmwood, Durham", "BBST")
    assert said == {"building": "PRISON ELMWOOD", "town": "DURHAM", "other": "A1234BC"}


def test_a_prisoner_is_no_part_of_the_prison(reader: FieldReader) -> None:
    said = read_labelled(reader, "A1234BC J Oakley, HMP Elmwood, Durham", "UUUCCT")
    assert said == {"organisation": "PRISON ELMWOOD", "town": "DURHAM", "other": "A1234BC J OAKLEY"}
    said = read_labelled(reader, "HMP Elmwood, A1234BC, Durham", "CCUT")
    assert said == {"organisation": "PRISON ELMWOOD", "town": "DURHAM", "other": "A1234BC"}


@pytest.mark.parametrize(
    ("text", "field", "part", "organisation"),
    [
        ("A&E Dept, Elm Hospital, Oak Road", "department", "A&E DEPT", "ELM HOSPITAL"),
        ("Officers Mess, Elm Barracks, Oak Road", "building", "OFFICERS MESS", "ELM BARRACKS"),
        ("Elm Bakers, Elm Hospital, Oak Road", "building", "", "ELM BAKERS ELM HOSPITAL"),
    ],
)
def test_a_department_and_a_building_of_an_institution_are_parted_from_it(
    reader: FieldReader, text: str, field: str, part: str, organisation: str
) -> None:
    said = read_labelled(reader, text, "CCCCSS")
    assert (said.get(field, ""), said["organisation"]) == (part, organisation)


def test_a_letter_that_a_comma_parts_from_a_name_is_a_unit(reader: FieldReader) -> None:
    assert read_labelled(reader, "J, Elmwood Ltd, 22 Elm Road", "UCCNSS")["unit"] == "J"


def test_a_street_that_only_says_the_way_is_no_part_of_the_address(reader: FieldReader) -> None:
    said = read_labelled(reader, "44 Elm View, off Oak Road, Leeds", "BBBBSST")
    assert said == {"number": 44, "street": "ELM VIEW", "town": "LEEDS", "other": "OFF OAK ROAD"}


def test_a_second_street_behind_off_says_the_way(reader: FieldReader) -> None:
    said = read_labelled(reader, "3 Elm Road off Oak Road Leeds", "NSSSSST")
    assert said == {"number": 3, "street": "ELM ROAD", "town": "LEEDS", "other": "OFF OAK ROAD"}


@pytest.mark.parametrize(
    ("text", "labels", "building"),
    [
        ("Rose Cottage, off Oak Road", "BBBSS", "ROSE COTTAGE"),
        ("3 Alder House, off Oak Road", "BBBBSS", "ALDER HOUSE"),
        ("Hill View, off Oak Road", "BBBSS", "HILL VIEW"),
    ],
)
def test_a_building_off_a_street_is_read_as_on_it(
    reader: FieldReader, text: str, labels: str, building: str
) -> None:
    said = read_labelled(reader, text, labels)
    assert (said["building"], said["street"], said["other"]) == (building, "OAK ROAD", "OFF")


def test_off_may_belong_to_a_name(reader: FieldReader) -> None:
    assert read_labelled(reader, "3 Cut Off Lane", "NSSS") == {"number": 3, "street": "CUT OFF LANE"}
    assert (
        read_labelled(reader, "Bottle Off Licence, Oak Road", "CCCSS")["organisation"] == "BOTTLE OFF LICENCE"
    )


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("12 Elm Road Leeds LS1 4 AB", "NSSTPNS"),
        ("12 Elm Road Leeds L S1 4 AB", "NSSTUUNS"),
        ("12 Elm Road Leeds L S 1 4 A B", "NSSTUUUNBS"),
        ("12 Elm Road, Leeds, LS1 4A B", "NSSTPPS"),
    ],
)
def test_a_postcode_in_pieces_at_the_end_is_put_together(reader: FieldReader, text: str, labels: str) -> None:
    expected = {"number": 12, "street": "ELM ROAD", "town": "LEEDS", "postcode": "LS14AB"}
    assert read_labelled(reader, text, labels) == expected


def test_a_letter_that_designates_a_flat_is_no_piece_of_a_postcode(reader: FieldReader) -> None:
    said = read_labelled(reader, "12 Elm Road Flat L S1 4 AB", "NSSUUPPP")
    assert (said["unit"], said["postcode"]) == ("L", "S14AB")


def test_a_numeral_before_mile_belongs_to_the_street(reader: FieldReader) -> None:
    written_out = {"number": 17, "street": "TWO MILE LANE"}
    assert read_labelled(reader, "17 2 Mile Lane", "UNSS") == written_out
    assert read_labelled(reader, "17, 2 Mile Lane", "NSSS") == written_out
    assert read_labelled(reader, "17 Two Mile Lane", "NSSS") == written_out


@pytest.mark.parametrize(
    ("text", "labels"),
    [("Flat 17 2 Mile Lane", "UUNSS"), ("17 2, Mile Lane", "UNSS"), ("2 Mile Lane", "NSS")],
)
def test_a_numeral_before_mile_may_be_the_number(reader: FieldReader, text: str, labels: str) -> None:
    assert (read_labelled(reader, text, labels)["number"], read_labelled(reader, text, labels)["street"]) == (
        2,
        "MILE LANE",
    )


FIRST_FLOOR_FLAT = {"number": 12, "unit_kind": "FLAT", "floor": "1", "street": "ELM ROAD"}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("12 (First Floor Flat) Elm Road", "NSUUSS"),
        ("12 (FFF) Elm Road", "NSSS"),
        ("12 Elm Road, FFF", "NSSL"),
        ("12 (Flat First Floor) Elm Road", "UUUUSS"),
        ("12 (1st Flr Flat) Elm Road", "NNSUSS"),
    ],
)
def test_a_floor_is_no_street(reader: FieldReader, text: str, labels: str) -> None:
    assert read_labelled(reader, text, labels) == FIRST_FLOOR_FLAT


@pytest.mark.parametrize("street", ["First Avenue", "Top Lane", "Ground Lane", "Second Street"])
def test_a_street_may_begin_with_the_word_of_a_floor(reader: FieldReader, street: str) -> None:
    assert read_labelled(reader, f"12 {street}", "NSS") == {"number": 12, "street": street.upper()}


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("Flat One, 12 Elm Road", "UUNSS", {"unit": "1", "unit_kind": "FLAT"}),
        ("Flat3 12 Elm Road", "UUNSS", {"unit": "3", "unit_kind": "FLAT"}),
        ("Garden Flat 12 Elm Road", "UUNSS", {"unit": "GARDEN", "unit_kind": "FLAT"}),
        ("Upper Flat 12 Elm Road", "UUNSS", {"unit": "UPPER", "unit_kind": "FLAT"}),
        ("Left Hand Flat 12 Elm Road", "UUUNSS", {"side": "L", "unit_kind": "FLAT"}),
        ("Part Ground Floor 12 Elm Road", "UUUNSS", {"floor": "G"}),
        ("First and Second Floor 12 Elm Road", "UUUUNSS", {"floor": "1-2"}),
        ("Lower Ground Floor 12 Elm Road", "UUUNSS", {"floor": "B"}),
    ],
)
def test_words_designate_a_flat(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == {**said, "number": 12, "street": "ELM ROAD"}


@pytest.mark.parametrize(("text", "number"), [("10O Elm Road", 100), ("3o Elm Road", 30)])
def test_the_letter_o_behind_digits_is_a_nought(reader: FieldReader, text: str, number: int) -> None:
    assert read_labelled(reader, text, "NSS") == {"number": number, "street": "ELM ROAD"}


def test_a_word_labelled_as_a_number_names_the_building(reader: FieldReader) -> None:
    assert read_labelled(reader, "Ty-Newydd, Lon Las", "NSS") == {
        "building": "TY NEWYDD",
        "street": "LON LAS",
    }
    assert read_labelled(reader, "IOO Elm Road", "NSS") == {"number": 100, "street": "ELM ROAD"}


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("l5 Elm Road, Leeds", 15, ""), ("L5 Elm Road, Leeds", -1, "L5"), ("l5 elm road, leeds", -1, "L5")],
)
def test_a_small_l_before_digits_is_a_one_where_the_text_has_capitals(
    text: str, number: int, unit: str
) -> None:
    parser = AddressParser.load(load_bundle().parser_path)
    parse = parser.parse(text)
    assert (parse.fields.number, parse.fields.unit) == (number, unit)
    assert parser.parse_fields([text]) == [parse.fields]
    assert parser.parse_addresses([text])[0].fields == parse.fields


def test_a_small_l_in_a_postcode_stays_a_letter() -> None:
    parser = AddressParser.load(load_bundle().parser_path)
    assert parser.parse("12 Elm Road, Liverpool, l5 0ab").fields.postcode == "L50AB"


@pytest.mark.parametrize(
    ("text", "labels", "number", "end", "unit"),
    [
        ("21 Alder Court 115 135 Mill Road", "BBBUNSS", 115, 135, "21"),
        ("Flat 2 6 14 Mill Road", "UUUNSS", 6, 14, "2"),
        ("21 Alder Court Flat 115 135 Mill Road", "BBBUUNSS", 135, None, "115"),
        ("21 Alder Court 116 135 Mill Road", "BBBUNSS", 135, None, "116"),
    ],
)
def test_two_numbers_before_a_street_are_a_range_where_another_one_is_the_flat(
    reader: FieldReader, text: str, labels: str, number: int, end: int | None, unit: str
) -> None:
    said = read_labelled(reader, text, labels)
    assert (said["number"], said.get("number_end"), str(said["unit"]).split()[0]) == (number, end, unit)


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("7 Hillside Crescent Leeds", "BBBT", {"number": 7, "street": "HILLSIDE CRESCENT"}),
        ("44 Ashleigh, Upton, Leeds", "UBLT", {"number": 44, "street": "ASHLEIGH", "locality": "UPTON"}),
        ("7 Alder House Leeds", "BBBT", {"unit": "7", "building": "ALDER HOUSE"}),
    ],
)
def test_a_numbered_name_without_a_street_is_one_unless_it_ends_as_buildings_do(
    reader: FieldReader, text: str, labels: str, said: dict[str, object]
) -> None:
    assert read_labelled(reader, text, labels) == {**said, "town": "LEEDS"}


@pytest.mark.parametrize(
    ("text", "labels", "unit"),
    [
        ("28 B 28 Elm Road", "UUNSS", "B"),
        ("28B, 28 Elm Road", "UNSS", "B"),
        ("28B, 26 Elm Road", "UNSS", "28B"),
        ("8B, 28 Elm Road", "UNSS", "8B"),
    ],
)
def test_a_part_that_says_the_number_of_its_house_is_its_letter(
    reader: FieldReader, text: str, labels: str, unit: str
) -> None:
    assert read_labelled(reader, text, labels)["unit"] == unit
