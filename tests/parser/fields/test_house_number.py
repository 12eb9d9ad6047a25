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


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("12/12A", "-A"),
        ("12A & 12", "-A"),
        ("12-12C", "-C"),
        ("12A AND 12B", "A-B"),
        ("12A/12B", "A-B"),
        ("12A-C", "A-C"),
        ("12A/B", "A-B"),
        ("12 A-C", "A-C"),
        ("12A & B", "A-B"),
        ("12A/12A", "A"),
        ("12/12", ""),
    ],
)
def test_a_number_that_is_said_with_several_letters_keeps_them_all(text: str, letters: str) -> None:
    house = read_house_number(text.split())
    assert (house.number, house.number_end, house.suffix) == (12, -1, letters)


def test_a_number_twice_with_a_stroke_is_a_flat_of_the_house_of_its_number() -> None:
    assert read_house_number(["2/2"]) == HouseNumber(2, unit="2")
    assert read_house_number(["2-2"]) == HouseNumber(2)
