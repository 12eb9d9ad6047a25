from collections import Counter
from random import Random

import pytest

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.personal_texts import personal_pieces
from address_match.parser.labels import Label
from tests.models.synthesis.noise.factories import premises, text

MANY = 400


def written(one: Premises, count: int = MANY) -> list[str]:
    return [text(personal_pieces(one, Random(seed))) for seed in range(count)]


def labels_of(one: Premises, words: str) -> set[Label]:
    """The labels under which these words are ever written."""
    return {
        p.label for seed in range(MANY) for p in personal_pieces(one, Random(seed)) if p.text.upper() == words
    }


def test_the_number_and_the_street_always_stand() -> None:
    assert all("12" in one and "acland" in one.lower() for one in written(premises()))


def test_most_people_give_a_postcode_and_some_do_not() -> None:
    with_postcode = sum("LS11" in one.upper() for one in written(premises()))
    assert 0.85 * MANY < with_postcode < MANY


def test_people_differ_in_case_and_separators() -> None:
    texts = written(premises())
    counts = Counter(("\n" in t, "," in t, t.isupper(), t.islower()) for t in texts)
    assert len(counts) >= 6


@pytest.mark.parametrize(
    ("facts", "words", "label"),
    [
        ({}, "12", Label.NUMBER),
        ({"suffix": "A"}, "12A", Label.BUILDING),
        ({"number_end": 14}, "12-14", Label.NUMBER),
        ({"flat_word": "FLAT", "flat": "3"}, "FLAT 3", Label.SUB_BUILDING),
        ({"flat_word": "FLAT", "flat": "C"}, "12C", Label.BUILDING),
        ({"flat_word": "FLAT", "floor": "GROUND FLOOR"}, "GROUND FLOOR FLAT", Label.SUB_BUILDING),
        ({"flat_word": "UNIT", "flat": "2", "number": -1}, "UNIT 2", Label.BUILDING),
        ({"flat_word": "UNIT", "flat": "2"}, "UNIT 2", Label.SUB_BUILDING),
        ({"flat_word": "UNIT", "flat": "2", "building": "ALDER ESTATE"}, "UNIT 2", Label.SUB_BUILDING),
        ({"building": "ROSE COTTAGE"}, "ROSE COTTAGE", Label.BUILDING),
        ({"flat": "14", "building": "ALDER COURT", "number": -1}, "14 ALDER COURT", Label.BUILDING),
    ],
)
def test_numbers_and_names_are_labelled_by_the_convention(
    facts: dict[str, str | int], words: str, label: Label
) -> None:
    assert labels_of(premises(**facts), words) == {label}


def test_a_house_without_a_number_keeps_its_name() -> None:
    house = premises(building="ROSE COTTAGE", number=-1)
    assert all("rose" in one.lower() for one in written(house))


def test_a_flat_of_a_block_keeps_its_designator_and_the_block() -> None:
    flat = premises(flat_word="FLAT", flat="31", building="PRIORY VIEW", number=-1)
    assert all("31" in one and "priory" in one.lower() for one in written(flat))


def test_land_beside_a_house_never_becomes_the_house() -> None:
    land = premises(building="LAND ADJACENT TO", kind="land")
    assert all("land adjacent to" in one.replace("\n", " ").lower() for one in written(land))


def test_some_people_in_wales_write_welsh() -> None:
    house = premises(country="W", street_welsh="HEOL Y FELIN", town_welsh="ABERTAWE", postcode="SA1 4AB")
    welsh = sum("felin" in one.lower() for one in written(house))
    assert 0.1 * MANY < welsh < 0.3 * MANY


def test_people_leave_out_a_road_that_only_a_register_describes() -> None:
    described = premises(street="ROAD FROM CATTLE GRID TO ELMLEY", number=-1, building="ROSE BARN")
    assert sum("CATTLE" in one.upper() for one in written(described)) < MANY / 4


def test_an_organisation_is_now_and_then_written_twice() -> None:
    shop = premises(organisation="ELMLEY NEWS")
    twice = sum(one.upper().count("ELMLEY NEWS") == 2 for one in written(shop))
    assert 0 < twice < MANY / 10


def test_an_organisation_that_shares_its_building_is_always_named() -> None:
    practice = premises(organisation="ACKWAY CLINIC", building="ELMLEY HEALTH CENTRE", number=-1)
    assert all("ACKWAY" in one.upper() for one in written(practice))
