"""Readings of runs between commas whose labels say another kind of part, name or number."""

import pytest

from address_match.parser.fields.field_reader import FieldReader
from tests.parser.fields.labelled import read_labelled


@pytest.mark.parametrize("word", ["Annexe", "Annex", "The Annexe"])
@pytest.mark.parametrize("belongs", ["at", "to", "of"])
def test_an_annexe_at_a_house_is_a_part_of_it(reader: FieldReader, word: str, belongs: str) -> None:
    labels = "B" * len(word.split()) + "BBB"
    said = read_labelled(reader, f"{word} {belongs} Laurel Mount", labels)
    assert said == {"unit_kind": "ANNEXE", "building": "LAUREL MOUNT"}


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("The Annexe, 70 Elm Road", "BBNSS", {"unit_kind": "ANNEXE", "number": 70, "street": "ELM ROAD"}),
        ("The Annexe, Elm Road", "BBSS", {"building": "ANNEXE", "street": "ELM ROAD"}),
        (
            "The Annex, Oak Mount, Elm Road",
            "BBBBSS",
            {"unit_kind": "ANNEXE", "building": "OAK MOUNT", "street": "ELM ROAD"},
        ),
        (
            "Annexe House, 70 Elm Road",
            "BBNSS",
            {"building": "ANNEXE HOUSE", "number": 70, "street": "ELM ROAD"},
        ),
        (
            "Oak Mount Annexe, 6 Elm Road",
            "BBUUSS",
            {"unit_kind": "ANNEXE", "building": "OAK MOUNT", "number": 6, "street": "ELM ROAD"},
        ),
        (
            "Oak Mount Unit, 6 Elm Road",
            "BBUUSS",
            {"unit_kind": "UNIT", "unit": "6", "building": "OAK MOUNT", "street": "ELM ROAD"},
        ),
    ],
)
def test_an_annexe_before_a_number_or_a_name_is_a_part_of_that_house(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


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
        ("Rutland House, Elm Lane", "TBSS", {"building": "RUTLAND HOUSE", "street": "ELM LANE"}),
        (
            "Derby Rose Cottage, Elm Lane",
            "TBBSS",
            {"town": "DERBY", "building": "ROSE COTTAGE", "street": "ELM LANE"},
        ),
    ],
)
def test_a_place_before_the_street_is_a_house_where_the_town_or_its_kind_stands_behind_it(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("NB Teasel, Elm Wharf, Elm Road", "CCBBSS", {"building": "TEASEL ELM WHARF", "street": "ELM ROAD"}),
        ("The Houseboat Teasel, Elm Road", "CCCSS", {"building": "TEASEL", "street": "ELM ROAD"}),
        ("NB Motors, Elm Wharf", "CCBB", {"organisation": "NB MOTORS", "building": "ELM WHARF"}),
        ("NB Teasel, Elm Lane", "CCSS", {"organisation": "NB TEASEL", "street": "ELM LANE"}),
    ],
)
def test_a_boat_is_a_building_of_its_moorings_by_its_name(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert {
        name: value for name, value in read_labelled(reader, text, labels).items() if name != "other"
    } == said


@pytest.mark.parametrize(
    ("text", "labels", "position"),
    [
        ("Mezzanine Floor, Unit 8, Elm Works", "UUUUBB", "PART"),
        ("First Floor, Unit 8, Elm Works", "UUUUBB", "PART"),
        ("Unit 8, First Floor, Elm Works", "UUUUBB", ""),
        ("First Floor, Flat 8, Elm Works", "UUUUBB", ""),
        ("Unit 8 Mezzanine, Elm Works", "UUUBB", "PART"),
        ("Part Unit 8, Elm Works", "UUUBB", "PART"),
        ("Unit 8 (part), Elm Works", "UUBBB", "PART"),
        ("Part Ground Floor, 12 Elm Road", "UUUNSS", ""),
        ("12 Elm Road (part), Leeds", "NSSST", "PART"),
        ("12 Elm Part, Leeds", "NSST", ""),
    ],
)
def test_a_floor_before_a_unit_and_what_says_part_are_parts_of_it(
    reader: FieldReader, text: str, labels: str, position: str
) -> None:
    assert read_labelled(reader, text, labels).get("position", "") == position


def test_a_hyphened_welsh_street_needs_no_comma(reader: FieldReader) -> None:
    said = read_labelled(reader, "Rosedale Heol-y-Felin Llanarth", "BLL")
    assert said == {"building": "ROSEDALE", "street": "HEOL Y FELIN", "locality": "LLANARTH"}


@pytest.mark.parametrize("name", ["Eglwys Dewi Sant", "St Davids Church"])
def test_a_welsh_saint_is_the_english_one(reader: FieldReader, name: str) -> None:
    said = str(read_labelled(reader, name, "CCC")["organisation"])
    assert sorted(said.split()) == ["CHURCH", "DAVIDS", "SAINT"]


def test_a_house_that_is_called_after_a_flat_keeps_its_name(reader: FieldReader) -> None:
    assert read_labelled(reader, "Flat Rock of Ages", "BBBB")["building"] == "FLAT ROCK OF AGES"


@pytest.mark.parametrize(("letter", "direction"), [("S", "SOUTH"), ("N", "NORTH"), ("Nth", "NORTH")])
def test_a_letter_behind_a_street_is_its_direction(reader: FieldReader, letter: str, direction: str) -> None:
    said = read_labelled(reader, f"1 Marlborough Park {letter}, Belfast", "BBBST")
    assert said == {"number": 1, "street": f"MARLBOROUGH PARK {direction}", "town": "BELFAST"}


def test_a_letter_that_a_comma_parts_from_a_building_is_no_direction(reader: FieldReader) -> None:
    assert read_labelled(reader, "1 Marlborough Park, S, Belfast", "BBBST")["building"] == "MARLBOROUGH PARK"


@pytest.mark.parametrize(
    ("text", "labels", "street", "locality"),
    [
        ("4 Windy Street, Chipping, Preston", "NSSSL", "WINDY STREET", "CHIPPING PRESTON"),
        ("4 Windy Street, Upper Dean", "NSSSS", "WINDY STREET", "UPPER DEAN"),
        ("4 Windy Place, East, Preston", "NSSSL", "WINDY PLACE EAST", "PRESTON"),
        ("1 Station Cottages, Lower Dean, Otley", "NSSSSL", "STATION COTTAGES", "LOWER DEAN OTLEY"),
        ("4 Main St, N. Cotham", "NSSSL", "MAIN STREET", "NORTH COTHAM"),
    ],
)
def test_a_street_ends_with_its_type_before_a_comma(
    reader: FieldReader, text: str, labels: str, street: str, locality: str
) -> None:
    said = read_labelled(reader, text, labels)
    assert said == {"number": int(text[0]), "street": street, "locality": locality}


@pytest.mark.parametrize(
    ("text", "labels", "street"),
    [
        ("4 Elm Terrace, Oak Road", "NSSSS", "ELM TERRACE OAK ROAD"),
        ("4 Broadway, Chipping", "NSS", "BROADWAY CHIPPING"),
        ("4 Elm Terrace, Heol Fawr", "NSSSS", "ELM TERRACE HEOL FAWR"),
        ("4 Elm Street Upper, Dean", "NSSSL", "ELM STREET UPPER"),
    ],
)
def test_a_second_street_and_one_without_a_type_stay(
    reader: FieldReader, text: str, labels: str, street: str
) -> None:
    assert read_labelled(reader, text, labels)["street"] == street


@pytest.mark.parametrize("direction", ["East", "E"])
def test_a_direction_before_a_comma_is_the_streets(reader: FieldReader, direction: str) -> None:
    said = read_labelled(reader, f"4 High Street {direction}, Otley", "NSSLL")
    assert said == {"number": 4, "street": "HIGH STREET EAST", "locality": "OTLEY"}


@pytest.mark.parametrize("text", ["4 High Street East Otley", "4 High Street, East Otley"])
def test_a_direction_without_a_comma_behind_it_may_be_the_places(reader: FieldReader, text: str) -> None:
    said = read_labelled(reader, text, "NSSLL")
    assert (said["street"], said["locality"]) == ("HIGH STREET", "EAST OTLEY")


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
    assert read_labelled(reader, text, labels) == said


def test_a_ward_is_a_part_of_its_hospital(reader: FieldReader) -> None:
    said = read_labelled(reader, "Maple Ward, Elm Hospital, Oak Road", "CCCCSS")
    assert (said["unit"], said["unit_kind"]) == ("MAPLE", "WARD")
    assert said["organisation"] == "ELM HOSPITAL"


def test_a_room_of_a_school_is_a_part_of_it(reader: FieldReader) -> None:
    said = read_labelled(reader, "Classroom 4, Elm School, Oak Road", "CCCCSS")
    assert (said["unit"], said["unit_kind"]) == ("4", "CLASSROOM")


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("Upton, Elm Road 7", "BSSN", {"locality": "UPTON", "street": "ELM ROAD", "number": 7}),
        (
            "Upton, Elm Road 7a",
            "CSSP",
            {"locality": "UPTON", "street": "ELM ROAD", "number": 7, "suffix": "A"},
        ),
        (
            "Rose Cottage, Elm Road 7",
            "BBSSN",
            {"building": "ROSE COTTAGE", "street": "ELM ROAD", "number": 7},
        ),
    ],
)
def test_a_place_stands_before_a_street_whose_number_stands_behind_it(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


@pytest.mark.parametrize(
    ("text", "ends"),
    [("1, 3, 5 Elm Road", (1, 5)), ("1, 3, 9 Elm Road", (3, 9)), ("1, 2, 3 Elm Road", (1, 3))],
)
def test_numbers_between_commas_that_follow_each_other_are_one_list(
    reader: FieldReader, text: str, ends: tuple[int, int]
) -> None:
    said = read_labelled(reader, text, "UNNSS")
    assert (said["number"], said["number_end"]) == ends


def test_two_houses_apart_are_no_range(reader: FieldReader) -> None:
    assert read_labelled(reader, "1 & 5 Elm Road", "NNNSS")["position"] == "LISTED"
    assert "position" not in read_labelled(reader, "1 - 5 Elm Road", "NNSS")


def test_the_mains_of_an_estate_is_a_building(reader: FieldReader) -> None:
    said = read_labelled(reader, "Mains of Elm Steading, Upton", "CCCCL")
    assert said == {"building": "MAINS OF ELM STEADING", "locality": "UPTON"}


def test_what_a_person_is_names_no_building(reader: FieldReader) -> None:
    said = read_labelled(reader, "J Day, Student, Oak Hall, Elm Road", "CCBBBSS")
    assert said["building"] == "OAK HALL"


def test_a_text_of_two_addresses_names_none_of_them(reader: FieldReader) -> None:
    assert read_labelled(reader, "6 Elm Lane and 3 Oak Row", "NSSUUBB")["position"] == "SEVERAL"


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
    assert read_labelled(reader, text, labels) == {**said, "number": 12, "street": "ELM ROAD"}


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
    said = read_labelled(reader, text, labels)
    assert (said.pop("unit"), said.pop("unit_kind", "")) == (unit, kind)
    assert said == {"building": "ELM HOLIDAY PARK", "street": "OAK ROAD"}


@pytest.mark.parametrize(
    ("text", "labels"), [("PO Box 4, Elm House, Oak Road", "BBBBBSS"), ("House 4, Oak Road", "BNSS")]
)
def test_a_box_and_a_house_are_no_parts_of_their_kind(reader: FieldReader, text: str, labels: str) -> None:
    assert read_labelled(reader, text, labels).get("unit_kind", "") in {"PO BOX", ""}


def test_a_thing_beside_the_house_is_no_word_of_the_building(reader: FieldReader) -> None:
    said = read_labelled(reader, "Flat 3 with garage, Elm Court, 12 Oak Road", "UUBBBBNSS")
    assert (said["building"], said["other"]) == ("ELM COURT", "WITH GARAGE")


@pytest.mark.parametrize(
    ("text", "labels", "end"),
    [("36 & 37 Elm Road", "NUUSS", 37), ("52, 54 and 56 Elm Road", "NNUUSS", 56)],
)
def test_listed_numbers_are_the_houses_and_no_flat(
    reader: FieldReader, text: str, labels: str, end: int
) -> None:
    said = read_labelled(reader, text, labels)
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
    assert read_labelled(reader, text, labels) == said


def test_an_article_at_the_end_begins_no_part(reader: FieldReader) -> None:
    assert read_labelled(reader, "Office, The", "UB") == {"building": "THE", "unit_kind": "OFFICE"}


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
    said = read_labelled(reader, text, labels)
    assert (said.pop("other"), said["number"], said["street"]) == (other, 12, "ELM ROAD")
    assert "unit" not in said


def test_a_person_with_a_title_is_no_part_of_the_name_of_a_house(reader: FieldReader) -> None:
    said = read_labelled(reader, "Mrs Olive Day, Elm Cottage, Oak Lane", "OBBBBSS")
    assert said == {"building": "ELM COTTAGE", "street": "OAK LANE", "other": "MRS OLIVE DAY"}


@pytest.mark.parametrize(("text", "labels"), [("Croft 3, Oakley", "BNL"), ("Croft No 3, Oakley", "SNNL")])
def test_a_croft_has_a_number_of_its_own(text: str, labels: str, reader: FieldReader) -> None:
    said = read_labelled(reader, text, labels)
    assert (said["unit_kind"], said["unit"]) == ("CROFT", "3")
    assert "number" not in said


@pytest.mark.parametrize(
    ("text", "labels", "building"),
    [("Dam N0use, Elm Road", "BBSS", "DAM NOUSE"), ("H0lly C0urt, Elm Road", "BBSS", "HOLLY COURT")],
)
def test_a_digit_among_the_letters_of_a_name_is_no_number(
    reader: FieldReader, text: str, labels: str, building: str
) -> None:
    assert read_labelled(reader, text, labels) == {"building": building, "street": "ELM ROAD"}


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("Loom Yard 5, Elm Road", "BBNSS", {"building": "LOOM YARD", "unit": "5", "street": "ELM ROAD"}),
        (
            "Elm Cottages 5, Oak Lane",
            "BBNSS",
            {"building": "ELM COTTAGES", "unit": "5", "street": "OAK LANE"},
        ),
        ("Elm Cottage 5, Oak Lane", "BBNSS", {"building": "ELM COTTAGE", "number": 5, "street": "OAK LANE"}),
        ("Loom Yard, 5 Elm Road", "BBNSS", {"building": "LOOM YARD", "number": 5, "street": "ELM ROAD"}),
    ],
)
def test_a_number_behind_the_name_of_a_yard_or_a_row_is_one_of_it(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


def test_the_number_behind_the_word_for_a_part_is_that_of_the_part(reader: FieldReader) -> None:
    said = read_labelled(reader, "No 18 Flat No 2 Elm Road", "NNUUNSS")
    assert said == {"number": 18, "unit": "2", "unit_kind": "FLAT", "street": "ELM ROAD"}


@pytest.mark.parametrize(("prison", "labels"), [("HMP Elm Wood", "SSS"), ("HM Prison Elm Wood", "BBSS")])
def test_a_prison_is_a_building_whatever_its_name_ends_in(
    reader: FieldReader, prison: str, labels: str
) -> None:
    assert read_labelled(reader, f"{prison}, Leeds", f"{labels}T") == {
        "building": "PRISON ELM WOOD",
        "town": "LEEDS",
    }


def test_a_person_called_ward_is_no_ward(reader: FieldReader) -> None:
    said = read_labelled(reader, "Mrs J Ward, 7 Elm Road", "OOONSS")
    assert said == {"number": 7, "street": "ELM ROAD", "other": "MRS J WARD"}


def test_a_caravan_at_a_farm_is_a_part_of_it(reader: FieldReader) -> None:
    said = read_labelled(reader, "Caravan at Elm Farm, Oak Lane", "BBBBSS")
    assert said == {"unit_kind": "CARAVAN", "building": "ELM FARM", "street": "OAK LANE"}


def test_an_ordinal_begins_a_name_and_is_no_postcode(reader: FieldReader) -> None:
    said = read_labelled(reader, "6th Form College, Leeds", "PBBT")
    assert said == {"building": "SIXTH FORM COLLEGE", "town": "LEEDS"}


def test_an_f_and_a_number_before_the_name_of_a_building_is_a_flat(reader: FieldReader) -> None:
    assert read_labelled(reader, "F4 Elm House", "UBB") == {
        "unit": "4",
        "unit_kind": "FLAT",
        "building": "ELM HOUSE",
    }


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        (
            "12 Fir House, Mill Street",
            "NSSSS",
            {"unit": "12", "building": "FIR HOUSE", "street": "MILL STREET"},
        ),
        (
            "12 Fir House Mill Street",
            "NSSSS",
            {"unit": "12", "building": "FIR HOUSE", "street": "MILL STREET"},
        ),
        (
            "12 Fir House, 4 Mill Street",
            "NSSNSS",
            {"unit": "12", "building": "FIR HOUSE", "number": 4, "street": "MILL STREET"},
        ),
        (
            "12 Fir Cottages, Mill Hill",
            "NSSSS",
            {"unit": "12", "building": "FIR COTTAGES", "street": "MILL HILL"},
        ),
        (
            "12 Fir Court Mill Street",
            "NSSSS",
            {"unit": "12", "building": "FIR COURT", "street": "MILL STREET"},
        ),
        ("12 Fir Court Road", "NSSS", {"number": 12, "street": "FIR COURT ROAD"}),
        ("12 Manor House Lane", "NSSS", {"number": 12, "street": "MANOR HOUSE LANE"}),
        ("12 Old House Farm Road", "NSSSS", {"number": 12, "street": "OLD HOUSE FARM ROAD"}),
        ("12 Fir Mews, Mill Street", "NSSSS", {"number": 12, "street": "FIR MEWS MILL STREET"}),
        ("12 Fir House, Derby", "NSST", {"number": 12, "street": "FIR HOUSE", "town": "DERBY"}),
    ],
)
def test_a_number_before_a_building_on_a_street_is_a_home_in_it(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("12 The Ave", "NSS", {"number": 12, "street": "AVENUE"}),
        ("12 The St", "NSS", {"number": 12, "street": "STREET"}),
        ("The Cott, Mill Ln", "BBSS", {"building": "COTTAGE", "street": "MILL LANE"}),
        ("12 St", "NS", {"number": 12, "street": "ST"}),
    ],
)
def test_a_street_or_house_that_is_called_by_its_type_alone_is_written_out(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        (
            "7 Block B 12 Elm Road",
            "NUUNSS",
            {"unit": "7 B", "unit_kind": "PART BLOCK", "number": 12, "street": "ELM ROAD"},
        ),
        (
            "Elm House Flat 7 Oak Road",
            "BBUNSS",
            {"building": "ELM HOUSE", "unit": "7", "unit_kind": "FLAT", "street": "OAK ROAD"},
        ),
        (
            "Elm House Flat 7, Oak Road",
            "BBUUSS",
            {"building": "ELM HOUSE", "unit": "7", "unit_kind": "FLAT", "street": "OAK ROAD"},
        ),
        (
            "Garden Flat 7 Oak Road",
            "UUNSS",
            {"unit": "GARDEN", "unit_kind": "FLAT", "number": 7, "street": "OAK ROAD"},
        ),
        (
            "Lodge 5 Elm Holiday Park, Oak Road",
            "BBBBBSS",
            {"building": "ELM HOLIDAY PARK", "unit": "5", "unit_kind": "LODGE", "street": "OAK ROAD"},
        ),
        ("Lodge 5 Oak Road", "BNSS", {"building": "LODGE", "number": 5, "street": "OAK ROAD"}),
    ],
)
def test_a_number_beside_a_block_a_flat_or_a_lodge_is_that_of_the_part(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("Elm Holiday Park, Oak Road", "SLBSS", {"building": "ELM HOLIDAY PARK", "street": "OAK ROAD"}),
        (
            "Elm House Nursing Home Oak Road",
            "BBSSSS",
            {"building": "ELM HOUSE CARE HOME", "street": "OAK ROAD"},
        ),
        (
            "Elm House, Nursing Home Road",
            "BBSSS",
            {"building": "ELM HOUSE", "street": "NURSING HOME ROAD"},
        ),
        ("Bryn-derw Heol-y-Felin", "LL", {"building": "BRYN DERW", "street": "HEOL Y FELIN"}),
        ("Elmley URC Oak Road", "BSSS", {"building": "ELMLEY UNITED REFORMED CHURCH", "street": "OAK ROAD"}),
        ("Great Elms, Oak Lane", "SSSS", {"building": "GREAT ELMS", "street": "OAK LANE"}),
        ("Elm Terrace, Oak Lane", "SSSS", {"street": "ELM TERRACE OAK LANE"}),
        ("12 Elms, Oak Lane", "NSSS", {"number": 12, "street": "ELMS OAK LANE"}),
        (
            "Flat 8 St Elmos Court, Oak Lane",
            "UUBSSSS",
            {"building": "SAINT ELMOS COURT", "unit": "8", "unit_kind": "FLAT", "street": "OAK LANE"},
        ),
        (
            "Flat 8 Elm House Oak Walk, High Road",
            "UUBBSSSS",
            {"building": "ELM HOUSE", "unit": "8", "unit_kind": "FLAT", "street": "OAK WALK HIGH ROAD"},
        ),
        (
            "Flat 1, Plas Coch, Heol y Felin",
            "UUSSSSS",
            {"building": "PLAS COCH", "unit": "1", "unit_kind": "FLAT", "street": "HEOL Y FELIN"},
        ),
    ],
)
def test_the_name_of_a_park_a_home_or_a_welsh_house_is_no_street_nor_a_place(
    reader: FieldReader, text: str, labels: str, said: dict[str, str | int]
) -> None:
    assert read_labelled(reader, text, labels) == said
