"""Texts of the kinds that the country seldom gives, and their labels."""

from random import Random

import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.noise.pieces import Pieces
from address_match.models.synthesis.texts.name_texts import (
    RESERVED_HEADS,
    institution_named,
    letter_behind_number,
    welsh_or_gaelic_house,
)
from address_match.models.synthesis.texts.neighbour_texts import (
    RESERVED_WORDS,
    TRAINING_WORDS,
    neighbour_named,
)
from address_match.models.synthesis.texts.number_texts import number_behind_street
from address_match.models.synthesis.texts.part_texts import RESERVED_KINDS, TRAINING_KINDS, part_named
from address_match.models.synthesis.texts.wider_texts import WIDER, wider_text, wider_texts
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_HOUSE: Pieces = (
    Piece("12", Label.NUMBER),
    Piece("MILL ROAD", Label.STREET),
    Piece("MARLOW", Label.TOWN, ", "),
)
_FLAT: Pieces = (Piece("FLAT 3", Label.SUB_BUILDING), *_HOUSE)
_NAMED: Pieces = (Piece("ROSE COTTAGE", Label.BUILDING), *_HOUSE)


def _labels(pieces: Pieces) -> list[Label]:
    return [piece.label for piece in pieces]


@pytest.mark.parametrize("seed", range(20))
def test_what_lies_by_a_number_stands_before_it(seed: int) -> None:
    phrase, *rest = neighbour_named(_NAMED, Random(seed))
    assert phrase.label in {Label.BUILDING, Label.OTHER}
    assert [piece.text for piece in rest] == ["12", "MILL ROAD", "MARLOW"]


@pytest.mark.parametrize("seed", range(20))
def test_parts_stand_before_the_house_each_labelled(seed: int) -> None:
    *parts, house = (label for label in _labels(part_named(_HOUSE, Random(seed))) if label in _PREMISES)
    assert parts in ([Label.SUB_BUILDING], [Label.SUB_BUILDING, Label.SUB_BUILDING])
    assert house is Label.NUMBER


_PREMISES = {Label.SUB_BUILDING, Label.NUMBER}


def test_a_text_with_a_part_gets_no_other() -> None:
    assert part_named(_FLAT, Random(1)) is _FLAT
    assert welsh_or_gaelic_house(_FLAT, Random(1)) is _FLAT


def test_a_house_of_another_language_is_one_building() -> None:
    for seed in range(20):
        name, *rest = welsh_or_gaelic_house(_HOUSE, Random(seed))
        assert name.label is Label.BUILDING
        assert _labels(tuple(rest))[-2:] == [Label.STREET, Label.TOWN]


def test_an_institution_stands_first_and_under_the_name_of_its_place() -> None:
    first, *rest = institution_named(_NAMED, Random(1))
    assert first.label is Label.ORGANISATION
    assert "MARLOW" in first.text
    assert _labels(tuple(rest)) == [Label.NUMBER, Label.STREET, Label.TOWN]


@pytest.mark.parametrize("seed", range(20))
def test_a_number_may_stand_behind_its_street(seed: int) -> None:
    street, number, town = number_behind_street(_HOUSE, Random(seed))
    assert (street.text, number.text.removeprefix("NO").lstrip(". "), town) == ("MILL ROAD", "12", _HOUSE[2])
    assert number.label is Label.NUMBER
    labels = _labels(number_behind_street(_FLAT, Random(seed)))
    assert sorted(labels) == sorted(_labels(_FLAT))
    assert labels.index(Label.STREET) + 1 == labels.index(Label.NUMBER)
    assert number_behind_street(_NAMED, Random(seed)) is _NAMED


def test_a_letter_behind_a_number_makes_a_building_of_it() -> None:
    assert letter_behind_number(_HOUSE, Random(1)) is _HOUSE
    written = letter_behind_number(_NAMED, Random(1))
    assert (written[1].text, written[1].label) == ("12A", Label.BUILDING)


def test_reserved_words_are_in_no_training_text() -> None:
    things, relations = set(TRAINING_WORDS.things), dict(TRAINING_WORDS.relations)
    assert things.isdisjoint(RESERVED_WORDS.things)
    assert relations.keys().isdisjoint(dict(RESERVED_WORDS.relations))
    assert set(TRAINING_KINDS).isdisjoint(RESERVED_KINDS)
    names = {welsh_or_gaelic_house(_HOUSE, Random(seed))[0].text.split()[0] for seed in range(300)}
    assert names.isdisjoint(RESERVED_HEADS)


def test_every_kind_is_written_for_some_premises() -> None:
    places = list(SyntheticCountry(3, 600))
    for kind in WIDER:
        assert any(wider_text(place, kind, Random(1)) for place in places), kind


def test_the_same_seed_writes_the_same_texts() -> None:
    places = list(SyntheticCountry(3, 200))
    assert list(wider_texts(places, Random(5))) == list(wider_texts(places, Random(5)))
