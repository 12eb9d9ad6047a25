from pathlib import Path

import pytest

from tests.indexer.products.premium_supply import SCHEME, house, lpi, record, rows, texts


def test_gazetteer_and_post_write_a_premises_each_in_its_way(tmp_path: Path) -> None:
    blpu = house(postcode_locator="ZE1 4QT")
    post = record(
        "delivery_point", uprn=100, building_number=12, thoroughfare="MILL LANE", post_town="OSTWICK", postcode="ZE1 4QT"
    )  # fmt: skip
    assert texts(tmp_path, blpu, lpi(pao_start_number=12, pao_text="ROSE COTTAGE"), post) == [
        ("gazetteer", "ROSE COTTAGE, 12 MILL LANE, OSTWICK, ZE1 4QT"),
        ("postal", "12 MILL LANE, OSTWICK, ZE1 4QT"),
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"sao_text": "FLAT 3", "pao_start_number": 12}, "FLAT 3, 12 MILL LANE, OSTWICK"),
        ({"sao_start_number": 3, "pao_text": "MILL COURT"}, "3 MILL COURT, MILL LANE, OSTWICK"),
        ({"pao_start_number": 12, "pao_start_suffix": "A", "pao_end_number": 14}, "12A-14 MILL LANE, OSTWICK"),
        ({"pao_start_number": 12, "sao_text": "FLAT", "level": "1"}, "FIRST FLOOR FLAT, 12 MILL LANE, OSTWICK"),
        ({"pao_start_number": 12, "sao_text": "FLAT", "level": "GROUND FLOOR"}, "GROUND FLOOR FLAT, 12 MILL LANE, OSTWICK"),
        ({"pao_start_number": 12, "sao_start_number": 3, "level": "1"}, "3, 12 MILL LANE, OSTWICK"),
        ({"pao_start_number": 12, "sao_text": "FLAT A", "level": "1"}, "FLAT A, 12 MILL LANE, OSTWICK"),
        ({"pao_start_number": 12, "level": "1"}, "12 MILL LANE, OSTWICK"),
    ],
)  # fmt: skip
def test_parts_numbers_and_levels_stand_in_the_order_of_an_address(
    tmp_path: Path, columns: dict[str, object], expected: str
) -> None:
    assert texts(tmp_path, house(), lpi(**columns)) == [("gazetteer", expected)]


def test_a_part_that_is_nothing_but_a_floor_is_called_by_it(tmp_path: Path) -> None:
    part = [house(90, parent_uprn=100), lpi(90, pao_start_number=12, level="B")]
    assert texts(tmp_path, house(), lpi(pao_start_number=12), *part) == [
        ("gazetteer", "BASEMENT, 12 MILL LANE, OSTWICK"),
        ("gazetteer", "12 MILL LANE, OSTWICK"),
    ]


def test_what_a_council_does_not_call_official_is_an_alternative(tmp_path: Path) -> None:
    named = lpi(pao_text="ROSE COTTAGE", official_flag="N")
    assert texts(tmp_path, house(), named) == [("alternative", "ROSE COTTAGE, MILL LANE, OSTWICK")]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"building_name": "14A"}, "14A MILL LANE, OSTWICK"),
        ({"building_name": "MILL COURT 61-65"}, "MILL COURT, 61-65 MILL LANE, OSTWICK"),
        ({"building_name": "UNIT 4"}, "UNIT 4, MILL LANE, OSTWICK"),
        ({"sub_building_name": "FLAT 1", "building_number": 9}, "FLAT 1, 9 MILL LANE, OSTWICK"),
        ({"po_box_number": "71"}, "PO BOX 71, MILL LANE, OSTWICK"),
        ({"building_number": 9, "dependent_thoroughfare": "THE MEWS"}, "9 THE MEWS, MILL LANE, OSTWICK"),
    ],
)
def test_a_number_of_a_delivery_point_stands_before_its_first_street(
    tmp_path: Path, columns: dict[str, object], expected: str
) -> None:
    post = record("delivery_point", uprn=100, thoroughfare="MILL LANE", post_town="OSTWICK", **columns)
    assert texts(tmp_path, house(), post) == [("postal", expected)]


def test_both_languages_of_a_street_and_of_the_post_are_texts(tmp_path: Path) -> None:
    welsh = record(
        "street_descriptor", usrn=7, street_description="LON Y FELIN", town_name="OSTWICK", language="CYM"
    )
    post = record(
        "delivery_point", uprn=100, building_number=9, thoroughfare="MILL LANE", welsh_thoroughfare="LON Y FELIN", post_town="OSTWICK"
    )  # fmt: skip
    found = rows(
        tmp_path, house(), welsh, lpi(pao_start_number=9), lpi(pao_start_number=9, language="CYM"), post
    )
    assert [(row["text_kind"], row["language"], row["address"]) for row in found] == [
        ("gazetteer", "cy", "9 LON Y FELIN, OSTWICK"),
        ("gazetteer", "en", "9 MILL LANE, OSTWICK"),
        ("postal", "cy", "9 LON Y FELIN, OSTWICK"),
        ("postal", "en", "9 MILL LANE, OSTWICK"),
    ]


def test_a_street_without_a_name_in_the_language_has_its_other_one(tmp_path: Path) -> None:
    found = rows(tmp_path, house(), lpi(pao_start_number=9, language="CYM"))
    assert [(row["language"], row["address"]) for row in found] == [("cy", "9 MILL LANE, OSTWICK")]


def test_organisations_stand_before_the_address_and_former_ones_are_historical(tmp_path: Path) -> None:
    now = record("organisation", uprn=100, organisation="PELLOW TYRES", legal_name="PELLOW LIMITED")
    before = record("organisation", uprn=100, organisation="OSTWICK WOOL", end_date="2019-05-01")
    assert texts(tmp_path, house(), lpi(pao_start_number=9), now, before) == [
        ("alternative", "PELLOW LIMITED, 9 MILL LANE, OSTWICK"),
        ("gazetteer", "9 MILL LANE, OSTWICK"),
        ("gazetteer", "PELLOW TYRES, 9 MILL LANE, OSTWICK"),
        ("historical", "OSTWICK WOOL, 9 MILL LANE, OSTWICK"),
    ]


def test_the_logical_status_of_an_lpi_is_the_kind_of_its_text(tmp_path: Path) -> None:
    numbers = {1: 10, 3: 30, 6: 60, 8: 80}
    found = texts(tmp_path, house(), *(lpi(logical_status=s, pao_start_number=n) for s, n in numbers.items()))
    assert [(kind, str(address).split()[0]) for kind, address in found] == [
        ("alternative", "30"),
        ("gazetteer", "10"),
        ("historical", "80"),
        ("provisional", "60"),
    ]


@pytest.mark.parametrize(
    ("columns", "status"),
    [
        ({}, "approved"),
        ({"logical_status": 8}, "historical"),
        ({"blpu_state": 4}, "historical"),
        ({"logical_status": 6}, "provisional"),
        ({"blpu_state": 1}, "provisional"),
    ],
)
def test_status_and_state_of_a_blpu_say_what_stands(
    tmp_path: Path, columns: dict[str, object], status: str
) -> None:
    assert [row["status"] for row in rows(tmp_path, house(**columns), lpi(pao_text="ROSE COTTAGE"))] == [
        status
    ]


def test_facts_of_the_premises_stand_in_each_text(tmp_path: Path) -> None:
    kept = {"local_custodian_code": 9001, "start_date": "1999-04-05", "last_update_date": "2016-02-10"}
    blpu = house(parent_uprn=90, latitude=51.5, x_coordinate=400000, postcode_locator="ZE1 4QT", **kept)
    classes = [
        record("classification", uprn=100, classification_code="RD06", class_scheme=SCHEME),
        record("classification", uprn=100, classification_code="096", class_scheme="VOA Special Category"),
    ]
    found = rows(tmp_path, house(90), blpu, lpi(start_date="2001-02-03", pao_text="MILL COURT"), *classes)
    assert len(found) == 1
    assert {
        name: found[0][name] for name in ("uprn", "parent_uprn", "classification", "valid_from", "postcode")
    } == {
        "uprn": "100",
        "parent_uprn": "90",
        "classification": "RD06",
        "valid_from": "2001-02-03",
        "postcode": "ZE1 4QT",
    }
    assert (found[0]["latitude"], found[0]["easting"], found[0]["country"]) == (51.5, 400000, "E")
    kept_as = ("custodian", "premises_from", "premises_to", "premises_updated")
    assert [found[0][name] for name in kept_as] == ["9001", "1999-04-05", "", "2016-02-10"]


def test_what_is_no_address_by_itself_is_kept_with_its_class(tmp_path: Path) -> None:
    shell = record("classification", uprn=100, classification_code="PP", class_scheme=SCHEME)
    found = rows(tmp_path, house(addressbase_postal='"N"'), lpi(pao_text="MILL COURT"), shell)
    assert [(row["address"], row["classification"]) for row in found] == [
        ("MILL COURT, MILL LANE, OSTWICK", "PP")
    ]
