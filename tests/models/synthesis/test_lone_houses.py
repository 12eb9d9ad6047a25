from dataclasses import replace

from address_match.models.synthesis.lone_houses import lone_parts, undivided_houses
from address_match.models.synthesis.premises import Premises

HOUSE = Premises(uprn="1", kind="house", number=12, street="MILL LANE", postcode="AB1 2CD")
GARDEN_FLAT = replace(HOUSE, uprn="2", kind="flat", flat_word="GARDEN FLAT")
FLAT_2 = replace(HOUSE, uprn="3", kind="flat", flat_word="FLAT", flat="2")


def test_a_house_is_undivided_where_nothing_else_stands_at_its_number() -> None:
    next_door = replace(HOUSE, uprn="4", number=14)
    assert undivided_houses([HOUSE, next_door]) == [HOUSE, next_door]
    assert undivided_houses([HOUSE, GARDEN_FLAT]) == []
    assert undivided_houses([HOUSE, replace(HOUSE, uprn="5", suffix="A")]) == []


def test_houses_without_a_number_are_told_apart_by_their_names() -> None:
    rose, fern = (replace(HOUSE, uprn=name, number=-1, building=name) for name in ("ROSE", "FERN"))
    assert undivided_houses([rose, fern]) == [rose, fern]


def test_a_part_is_alone_where_nothing_else_stands_at_its_number_and_it_is_told_by_where_it_lies() -> None:
    assert lone_parts([GARDEN_FLAT]) == [GARDEN_FLAT]
    assert lone_parts([GARDEN_FLAT, HOUSE]) == []
    assert lone_parts([FLAT_2]) == []
