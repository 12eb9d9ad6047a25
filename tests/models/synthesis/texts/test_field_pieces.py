from dataclasses import replace

import pytest

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import (
    building_pieces,
    flat_piece,
    number_piece,
    number_text,
    reads_as_suffix,
    slash_flat_piece,
    street_pieces,
    suffix_flat_piece,
)
from address_match.parser.labelled_text import Piece, render
from address_match.parser.labels import Label
from tests.models.synthesis.noise.factories import HOUSE

PLAIN = replace(HOUSE, uprn="1", number=-1, street="ELMLEY ROAD", locality="", county="", postcode="LS1 1AA")


def of(**facts: object) -> Premises:
    return replace(PLAIN, **facts)  # type: ignore[arg-type]  # a factory of many fields


def labels(pieces: list[Piece]) -> list[tuple[str, Label]]:
    return [(piece.text, piece.label) for piece in pieces]


@pytest.mark.parametrize(
    ("facts", "text", "label"),
    [
        ({"number": 12}, "12", Label.NUMBER),
        ({"number": 98, "number_end": 100}, "98-100", Label.NUMBER),
        ({"number": 12, "suffix": "A"}, "12A", Label.BUILDING),
    ],
)
def test_a_plain_number_or_range_is_a_building_number_and_a_suffix_makes_it_a_name(
    facts: dict[str, object], text: str, label: Label
) -> None:
    assert number_piece(of(**facts)) == Piece(text, label)


def test_a_gazetteer_splits_ranges_and_suffixes() -> None:
    assert number_text(of(number=98, number_end=100), dash=" ") == "98 100"
    assert number_text(of(number=115, suffix="A"), gap=" ") == "115 A"


def test_a_premises_without_number_has_no_number_piece() -> None:
    assert number_piece(PLAIN) is None


def test_a_flat_of_a_building_is_a_sub_building() -> None:
    flat = of(flat_word="FLAT", flat="8", building="KEATS HOUSE")
    assert labels(building_pieces(flat)) == [("FLAT 8", Label.SUB_BUILDING), ("KEATS HOUSE", Label.BUILDING)]


def test_a_flat_without_its_word_is_one_name_with_its_building() -> None:
    flat = of(flat_word="FLAT", flat="14", building="ALDER COURT")
    assert labels(building_pieces(flat, word="")) == [("14 ALDER COURT", Label.BUILDING)]


def test_a_flat_without_its_word_is_numbered_on_its_building_where_no_street_follows() -> None:
    flat = of(flat="17", building="ELLERBY COURT", street="")
    assert labels(building_pieces(flat)) == [("17", Label.NUMBER), ("ELLERBY COURT", Label.STREET)]


def test_a_unit_before_a_street_is_a_building_name() -> None:
    assert flat_piece(of(flat_word="UNIT", flat="2")) == Piece("UNIT 2", Label.BUILDING)


def test_a_unit_before_an_estate_is_a_sub_building() -> None:
    unit = of(flat_word="UNIT", flat="2", building="ELMLEY TRADING ESTATE")
    assert flat_piece(unit) == Piece("UNIT 2", Label.SUB_BUILDING)


def test_floor_words_are_a_sub_building() -> None:
    assert flat_piece(of(floor="GROUND FLOOR", flat_word="FLAT", number=3)) == Piece(
        "GROUND FLOOR FLAT", Label.SUB_BUILDING
    )


def test_a_lettered_flat_may_be_written_as_a_suffix() -> None:
    flat = of(flat_word="FLAT", flat="A", number=14)
    assert reads_as_suffix(flat)
    assert suffix_flat_piece(flat) == Piece("14A", Label.BUILDING)


@pytest.mark.parametrize(
    "facts", [{"flat": "3"}, {"flat": "A", "number_end": 16}, {"flat": "A", "suffix": "B"}]
)
def test_other_flats_may_not(facts: dict[str, object]) -> None:
    assert not reads_as_suffix(of(number=14, **facts))


def test_number_and_flat_with_a_slash_are_a_building_name() -> None:
    assert slash_flat_piece(of(number=12, flat="3")) == Piece("12/3", Label.BUILDING)


def test_a_dependent_street_and_its_street_are_both_streets() -> None:
    pieces = street_pieces(of(dependent_street="ELM MEWS"), separator=", ")
    assert {piece.label for piece in pieces} == {Label.STREET}
    assert render(pieces).text == "ELM MEWS, ELMLEY ROAD"
