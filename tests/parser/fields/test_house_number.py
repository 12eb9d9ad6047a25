"""Numbers of houses, with what is written among their tokens."""

import pytest

from address_match.parser.fields.house_number import HouseNumber, read_house_number


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("X 24 A", HouseNumber(24, suffix="A", unit="X")),
        ("B/X B/Y 7", HouseNumber(7, unit="B/X B/Y")),
        ("B/X B/Y", HouseNumber(unit="B/X B/Y")),
        ("NO X", HouseNumber(unit="X")),
    ],
)
def test_words_before_a_number_are_its_unit(text: str, house: HouseNumber) -> None:
    assert read_house_number(text.split()) == house


def test_as_many_words_as_a_text_may_hold_are_read_before_a_number() -> None:
    house = read_house_number([*["B/X"] * 5_000, "7"])
    assert (house.number, house.unit.count("B/X")) == (7, 5_000)
