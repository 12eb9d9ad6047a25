"""Readings under labels that the words around them contradict, each given as the model gives it."""

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.parsed_fields import PARSED_FIELDS
from address_match.parser.tokens import tokenise

_LABELS = {
    "U": Label.SUB_BUILDING,
    "B": Label.BUILDING,
    "N": Label.NUMBER,
    "S": Label.STREET,
    "L": Label.LOCALITY,
    "T": Label.TOWN,
    "P": Label.POSTCODE,
    "O": Label.OTHER,
    "C": Label.ORGANISATION,
}


@pytest.fixture(scope="module")
def reader() -> FieldReader:
    return FieldReader(shipped_lexicon())


def _read(reader: FieldReader, text: str, labels: str) -> dict[str, str | int]:
    tokens = tokenise(text)
    reading = reader.read(
        [token.text for token in tokens],
        [_LABELS[letter] for letter in labels],
        [token.after_break for token in tokens],
    )
    said = {name: getattr(reading, name) for name in PARSED_FIELDS}
    return {name: value for name, value in said.items() if value not in {"", -1}}


def test_a_letter_before_a_name_is_its_initial(reader: FieldReader) -> None:
    said = _read(reader, "J Elmwood Bakers, 22 Elm Road", "UCCNSS")
    assert said == {"organisation": "J ELMWOOD BAKERS", "number": 22, "street": "ELM ROAD"}


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
    said = _read(reader, text, labels)
    assert (said.get("organisation", ""), said.get("other", "")) == (organisation, other)
    assert (said["number"], said["street"]) == (22, "ELM ROAD")


def test_a_prison_is_named_by_the_word_behind_it(reader: FieldReader) -> None:
    said = _read(reader, "A1234BC, HMP Elmwood, Durham", "BBST")
    assert said == {"building": "PRISON ELMWOOD", "town": "DURHAM", "other": "A1234BC"}


def test_a_letter_that_a_comma_parts_from_a_name_is_a_unit(reader: FieldReader) -> None:
    assert _read(reader, "J, Elmwood Ltd, 22 Elm Road", "UCCNSS")["unit"] == "J"


def test_a_street_that_only_says_the_way_is_no_part_of_the_address(reader: FieldReader) -> None:
    said = _read(reader, "44 Elm View, off Oak Road, Leeds", "BBBBSST")
    assert said == {"number": 44, "street": "ELM VIEW", "town": "LEEDS", "other": "OFF OAK ROAD"}


def test_a_second_street_behind_off_says_the_way(reader: FieldReader) -> None:
    said = _read(reader, "3 Elm Road off Oak Road Leeds", "NSSSSST")
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
    said = _read(reader, text, labels)
    assert (said["building"], said["street"], said["other"]) == (building, "OAK ROAD", "OFF")


def test_off_may_belong_to_a_name(reader: FieldReader) -> None:
    assert _read(reader, "3 Cut Off Lane", "NSSS") == {"number": 3, "street": "CUT OFF LANE"}
    assert _read(reader, "Bottle Off Licence, Oak Road", "CCCSS")["organisation"] == "BOTTLE OFF LICENCE"


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
    assert _read(reader, text, labels) == expected


def test_a_letter_that_designates_a_flat_is_no_piece_of_a_postcode(reader: FieldReader) -> None:
    said = _read(reader, "12 Elm Road Flat L S1 4 AB", "NSSUUPPP")
    assert (said["unit"], said["postcode"]) == ("L", "S14AB")


def test_a_numeral_before_mile_belongs_to_the_street(reader: FieldReader) -> None:
    written_out = {"number": 17, "street": "TWO MILE LANE"}
    assert _read(reader, "17 2 Mile Lane", "UNSS") == written_out
    assert _read(reader, "17, 2 Mile Lane", "NSSS") == written_out
    assert _read(reader, "17 Two Mile Lane", "NSSS") == written_out


@pytest.mark.parametrize(
    ("text", "labels"),
    [("Flat 17 2 Mile Lane", "UUNSS"), ("17 2, Mile Lane", "UNSS"), ("2 Mile Lane", "NSS")],
)
def test_a_numeral_before_mile_may_be_the_number(reader: FieldReader, text: str, labels: str) -> None:
    assert (_read(reader, text, labels)["number"], _read(reader, text, labels)["street"]) == (2, "MILE LANE")


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
    assert _read(reader, text, labels) == FIRST_FLOOR_FLAT


@pytest.mark.parametrize("street", ["First Avenue", "Top Lane", "Ground Lane", "Second Street"])
def test_a_street_may_begin_with_the_word_of_a_floor(reader: FieldReader, street: str) -> None:
    assert _read(reader, f"12 {street}", "NSS") == {"number": 12, "street": street.upper()}


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
    assert _read(reader, text, labels) == {**said, "number": 12, "street": "ELM ROAD"}


@pytest.mark.parametrize(("text", "number"), [("10O Elm Road", 100), ("3o Elm Road", 30)])
def test_the_letter_o_behind_digits_is_a_nought(reader: FieldReader, text: str, number: int) -> None:
    assert _read(reader, text, "NSS") == {"number": number, "street": "ELM ROAD"}


def test_a_word_labelled_as_a_number_names_the_building(reader: FieldReader) -> None:
    assert _read(reader, "Ty-Newydd, Lon Las", "NSS") == {"building": "TY NEWYDD", "street": "LON LAS"}
    assert _read(reader, "IOO Elm Road", "NSS") == {"number": 100, "street": "ELM ROAD"}


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


@pytest.mark.parametrize("word", ["Annexe", "Annex", "The Annexe"])
@pytest.mark.parametrize("belongs", ["at", "to", "of"])
def test_an_annexe_at_a_house_is_a_part_of_it(reader: FieldReader, word: str, belongs: str) -> None:
    labels = "B" * len(word.split()) + "BBB"
    said = _read(reader, f"{word} {belongs} Laurel Mount", labels)
    assert said == {"unit_kind": "ANNEXE", "building": "LAUREL MOUNT"}


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("The Annexe, 70 Elm Road", "BBNSS", {"unit_kind": "ANNEXE", "number": 70, "street": "ELM ROAD"}),
        ("The Annexe, Elm Road", "BBSS", {"building": "ANNEXE", "street": "ELM ROAD"}),
        (
            "Annexe House, 70 Elm Road",
            "BBNSS",
            {"building": "ANNEXE HOUSE", "number": 70, "street": "ELM ROAD"},
        ),
    ],
)
def test_an_annexe_before_a_number_is_a_part_of_that_house(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert _read(reader, text, labels) == said


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        (
            "Heathfield, Elm Lane, Derby",
            "TSST",
            {"building": "HEATHFIELD", "street": "ELM LANE", "town": "DERBY"},
        ),
        ("Derby, Elm Lane", "TSS", {"street": "ELM LANE", "town": "DERBY"}),
        (
            "Elm Park, 7 Elm Lane, Derby",
            "LLNSST",
            {"building": "ELM PARK", "number": 7, "street": "ELM LANE", "town": "DERBY"},
        ),
        ("Upton, Derby", "LT", {"locality": "UPTON", "town": "DERBY"}),
    ],
)
def test_a_place_before_the_street_is_a_house_where_the_town_stands_behind_it(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert _read(reader, text, labels) == said


def test_a_house_that_is_called_after_a_flat_keeps_its_name(reader: FieldReader) -> None:
    assert _read(reader, "Flat Rock of Ages", "BBBB")["building"] == "FLAT ROCK OF AGES"


@pytest.mark.parametrize(("letter", "direction"), [("S", "SOUTH"), ("N", "NORTH"), ("Nth", "NORTH")])
def test_a_letter_behind_a_street_is_its_direction(reader: FieldReader, letter: str, direction: str) -> None:
    said = _read(reader, f"1 Marlborough Park {letter}, Belfast", "BBBST")
    assert said == {"number": 1, "street": f"MARLBOROUGH PARK {direction}", "town": "BELFAST"}


def test_a_letter_that_a_comma_parts_from_a_building_is_no_direction(reader: FieldReader) -> None:
    assert _read(reader, "1 Marlborough Park, S, Belfast", "BBBST")["building"] == "MARLBOROUGH PARK"


_AT_70 = {"number": 70, "street": "ELM ROAD"}


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("Larch Annexe, 70 Elm Road", "BBNSS", {"building": "LARCH", "unit_kind": "ANNEXE", **_AT_70}),
        ("Granny Annexe, 70 Elm Road", "BBNSS", {"unit_kind": "ANNEXE", **_AT_70}),
        ("70 Elm Road (Annexe)", "NSSC", {"unit_kind": "ANNEXE", **_AT_70}),
        ("Annexe at 70 Elm Road", "BBNSS", {"unit_kind": "ANNEXE", **_AT_70}),
        ("Llawr Gwaelod, 70 Elm Road", "BBNSS", {"floor": "G", **_AT_70}),
        ("Fflat Ail Lawr, 70 Elm Road", "UUUNSS", {"unit_kind": "FLAT", "floor": "2", **_AT_70}),
        ("G/L 70 Elm Road", "NNSS", {"floor": "G", "side": "L", **_AT_70}),
        ("70/B Elm Road", "NSS", {"suffix": "B", **_AT_70}),
        ("Flat 7 in 70 Elm Road", "UUUNSS", {"unit": "7", "unit_kind": "FLAT", **_AT_70}),
        ("Unit 14-A, 70 Elm Road", "UUNSS", {"unit": "14A", "unit_kind": "UNIT", **_AT_70}),
        ("Units 10, 11, 12, 70 Elm Road", "UUUUNSS", {"unit": "10-12", "unit_kind": "UNIT", **_AT_70}),
        ("Units A, B & C Elm Park", "UUCCCBB", {"unit": "A-C", "unit_kind": "UNIT", "building": "ELM PARK"}),
        ("Nos 70 and 72 Elm Road", "CCCNSS", {"number_end": 72, **_AT_70}),
        ("House number 70 Elm Road", "BNNSS", {"other": "HOUSE", **_AT_70}),
        ("70 Elm Road, Street", "NSSS", {"town": "STREET", **_AT_70}),
        ("70 Elm Road, Salf0rd", "NSSP", {"town": "SALFORD", **_AT_70}),
        ("70 Oakf1eld Road, B0lt0n", "NSST", {"town": "BOLTON", "number": 70, "street": "OAKFIELD ROAD"}),
        ("70 Elm Road Street", "NSSS", {"town": "STREET", **_AT_70}),
        ("70 Elm Road, Louth, Grimsby", "NSSTT", {"locality": "LOUTH", "town": "GRIMSBY", **_AT_70}),
        (
            "70 Heol-yr-Afon, Aberwern",
            "NBS",
            {"number": 70, "street": "HEOL YR AFON", "locality": "ABERWERN"},
        ),
        ("The Elm Public House, Louth", "CCBBT", {"organisation": "ELM PUBLIC HOUSE", "town": "LOUTH"}),
        ("Fferm Elm, Louth", "BBT", {"building": "ELM FARM", "town": "LOUTH"}),
        ("Fferm Elm, Louth", "BST", {"building": "ELM FARM", "town": "LOUTH"}),
        (
            "Ash House Clinic, 70 Elm Road",
            "BBSNSS",
            {"organisation": "ASH HOUSE CLINIC", **_AT_70},
        ),
        ("Elm House, Street", "BBS", {"building": "ELM HOUSE", "town": "STREET"}),
        ("70 St James's Road", "NSSS", {"number": 70, "street": "SAINT JAMES ROAD"}),
    ],
)
def test_words_of_a_part_a_number_or_a_town_are_read_as_such(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert _read(reader, text, labels) == said


def test_a_ward_is_a_part_of_its_hospital(reader: FieldReader) -> None:
    said = _read(reader, "Maple Ward, Elm Hospital, Oak Road", "CCCCSS")
    assert (said["unit"], said["unit_kind"]) == ("MAPLE", "WARD")
    assert said["organisation"] == "ELM HOSPITAL"


def test_a_room_of_a_school_is_a_part_of_it(reader: FieldReader) -> None:
    said = _read(reader, "Classroom 4, Elm School, Oak Road", "CCCCSS")
    assert (said["unit"], said["unit_kind"]) == ("4", "CLASSROOM")


def test_a_text_of_two_addresses_names_none_of_them(reader: FieldReader) -> None:
    assert _read(reader, "6 Elm Lane and 3 Oak Row", "NSSUUBB")["position"] == "SEVERAL"


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("12 FFL Elm Road", "NSSS", {"floor": "1", "side": "L"}),
        ("12 Elm Road (2/1) Leeds", "NSSLT", {"unit": "2/1", "town": "LEEDS"}),
        ("12 Elm Road F4B", "NSSP", {"unit": "4B", "unit_kind": "FLAT"}),
        ("Upper Maisonette 12 Elm Road", "BBNSS", {"unit": "UPPER", "unit_kind": "FLAT"}),
        ("Ground Floor and Basement, 12 Elm Road", "UUOONSS", {"floor": "B-G"}),
        ("Shop, 12 Elm Road", "BBSS", {"unit_kind": "SHOP"}),
        ("Shop 12 Elm Road", "BNSS", {"unit_kind": "SHOP"}),
        ("Office at 12 Elm Road", "BBNSS", {"unit_kind": "OFFICE"}),
        ("House excl shop 12 Elm Road", "CCCNSS", {"other": "HOUSE EXCL SHOP"}),
    ],
)
def test_a_part_of_a_numbered_house_is_known_by_its_words_and_codes(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert _read(reader, text, labels) == {**said, "number": 12, "street": "ELM ROAD"}


@pytest.mark.parametrize(
    ("text", "labels", "unit", "kind"),
    [
        ("Lodge 4, Elm Holiday Park, Oak Road", "BBBBBSS", "4", "LODGE"),
        ("Wing C, Elm Holiday Park, Oak Road", "BBBBBSS", "C", "WING"),
        ("Yard 2, Elm Holiday Park, Oak Road", "BBBBBSS", "2", "YARD"),
        ("Entrance 3 Flat 2 Elm Holiday Park, Oak Road", "BNUUBBBSS", "3 2", "ENTRANCE FLAT"),
        ("7 Block B Elm Holiday Park, Oak Road", "NUUBBBSS", "7 B", "PART BLOCK"),
        ("Units 4, 5, 6, Elm Holiday Park, Oak Road", "UUNNBBBSS", "4-6", "UNIT"),
        ("B2 Elm Holiday Park, Oak Road", "PBBBSS", "B2", ""),
        ("Unit 3 Elm Holiday Park, Oak Road", "UUBBSSS", "3", "UNIT"),
    ],
)
def test_what_has_a_number_in_a_park_is_a_part_of_it(
    reader: FieldReader, text: str, labels: str, unit: str, kind: str
) -> None:
    said = _read(reader, text, labels)
    assert (said.pop("unit"), said.pop("unit_kind", "")) == (unit, kind)
    assert said == {"building": "ELM HOLIDAY PARK", "street": "OAK ROAD"}


@pytest.mark.parametrize(
    ("text", "labels"), [("PO Box 4, Elm House, Oak Road", "BBBBBSS"), ("House 4, Oak Road", "BNSS")]
)
def test_a_box_and_a_house_are_no_parts_of_their_kind(reader: FieldReader, text: str, labels: str) -> None:
    assert _read(reader, text, labels).get("unit_kind", "") in {"PO BOX", ""}


def test_a_thing_beside_the_house_is_no_word_of_the_building(reader: FieldReader) -> None:
    said = _read(reader, "Flat 3 with garage, Elm Court, 12 Oak Road", "UUBBBBNSS")
    assert (said["building"], said["other"]) == ("ELM COURT", "WITH GARAGE")


@pytest.mark.parametrize(
    ("text", "labels", "end"),
    [("36 & 37 Elm Road", "NUUSS", 37), ("52, 54 and 56 Elm Road", "NNUUSS", 56)],
)
def test_listed_numbers_are_the_houses_and_no_flat(
    reader: FieldReader, text: str, labels: str, end: int
) -> None:
    said = _read(reader, text, labels)
    assert (said["number_end"], said.get("unit", "")) == (end, "")


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        (
            "Elm Garage, 86-92 Holt Rd, Stone",
            "CCSSSL",
            {
                "organisation": "ELM GARAGE",
                "number": 86,
                "number_end": 92,
                "street": "HOLT ROAD",
                "locality": "STONE",
            },
        ),
        (
            "Elm Garage, 325 to 331 East Holt Road",
            "CCSSNSSS",
            {"organisation": "ELM GARAGE", "number": 325, "number_end": 331, "street": "EAST HOLT ROAD"},
        ),
        (
            "Elm Bets, 186 Mile End Road",
            "BBBBSS",
            {"building": "ELM BETS", "number": 186, "street": "MILE END ROAD"},
        ),
        (
            "Elm Bets, 18 Holt Parade, Holt Road",
            "BBBBBSS",
            {"organisation": "ELM BETS", "building": "HOLT PARADE", "unit": "18", "street": "HOLT ROAD"},
        ),
        (
            "Elm Bets, Unit 6 Holt Retail Park, Stone",
            "BBBBBBBL",
            {
                "organisation": "ELM BETS",
                "building": "HOLT RETAIL PARK",
                "unit": "6",
                "unit_kind": "UNIT",
                "locality": "STONE",
            },
        ),
        (
            "Elm Garage, 4 Mile Lane",
            "CCNSS",
            {"organisation": "ELM GARAGE", "number": 4, "street": "MILE LANE"},
        ),
        (
            "Flat 3 Elm Court, 12 Holt House, Mill Road",
            "UUBBBBBSS",
            {"building": "ELM COURT 12 HOLT HOUSE", "unit": "3", "unit_kind": "FLAT", "street": "MILL ROAD"},
        ),
        (
            "12, 4 Mile Lane",
            "NSSS",
            {"number": 12, "street": "FOUR MILE LANE"},
        ),
    ],
)
def test_a_number_behind_a_comma_begins_anew(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert _read(reader, text, labels) == said


def test_an_article_at_the_end_begins_no_part(reader: FieldReader) -> None:
    assert _read(reader, "Office, The", "UB") == {"building": "THE", "unit_kind": "OFFICE"}


@pytest.mark.parametrize(
    ("text", "labels", "other"),
    [
        ("Policy No 792346, 12 Elm Road", "BUBNSS", "POLICY NO 792346"),
        ("Case 178786, 12 Elm Road", "UUNSS", "CASE 178786"),
        ("178786, 12 Elm Road", "UNSS", "178786"),
        ("Oak House Lodge Cottage 178786, 12 Elm Road", "BBBBBNSS", "178786"),
    ],
)
def test_the_number_of_a_file_is_passed_over(reader: FieldReader, text: str, labels: str, other: str) -> None:
    said = _read(reader, text, labels)
    assert (said.pop("other"), said["number"], said["street"]) == (other, 12, "ELM ROAD")
    assert "unit" not in said


@pytest.mark.parametrize(
    ("text", "labels", "building"),
    [("Dam N0use, Elm Road", "BBSS", "DAM NOUSE"), ("H0lly C0urt, Elm Road", "BBSS", "HOLLY COURT")],
)
def test_a_digit_among_the_letters_of_a_name_is_no_number(
    reader: FieldReader, text: str, labels: str, building: str
) -> None:
    assert _read(reader, text, labels) == {"building": building, "street": "ELM ROAD"}
