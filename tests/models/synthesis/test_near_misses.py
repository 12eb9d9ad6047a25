from dataclasses import replace
from random import Random

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.near_misses import (
    RESERVED_KINDS,
    TRAINED_KINDS,
    CountryNames,
    another_block,
    another_kind_of_part,
    another_number,
    another_qualifier,
    another_street_name,
    another_street_type,
    another_suffix,
    another_word_of_building,
    left_out_in_turn,
    near_misses,
)
from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.parser.labelled_text import Piece, render
from address_match.parser.labels import Label

COUNTRY = tuple(SyntheticCountry(3, 6_000).premises())
PAIRS = tuple(near_misses(COUNTRY, 1, {**TRAINED_KINDS, **RESERVED_KINDS}, rate=0.3))
NAMES = CountryNames(streets=("ROWAN",), buildings=("ROWAN",), building_kinds=("VILLA",))


def laid(text: tuple[Piece, ...], **fields: object) -> Premises:
    texts = (PremisesText("postal", "en", "2001-01-01", "", text),)
    return Premises(uprn="1", kind="house", town="MALTON", postcode="YO17 5AB", texts=texts, **fields)  # type: ignore[arg-type]


HOUSE = laid(
    (Piece("12", Label.NUMBER), Piece("ALDER ROAD", Label.STREET), Piece("YO17 5AB", Label.POSTCODE)),
    number=12,
    street="ALDER ROAD",
)
COTTAGE = laid((Piece("ROSE COTTAGE", Label.BUILDING),), building="ROSE COTTAGE")
FLAT = laid(
    (Piece("FLAT 2", Label.SUB_BUILDING), Piece("ALDER COURT", Label.BUILDING)),
    flat_word="FLAT",
    flat="2",
    building="ALDER COURT",
)


def text_of(place: Premises | None) -> str:
    return render(place.texts[0].pieces).text if place and place.texts else ""


def test_the_same_seed_lays_the_same_near_misses() -> None:
    assert tuple(near_misses(COUNTRY, 1, {**TRAINED_KINDS, **RESERVED_KINDS}, rate=0.3)) == PAIRS


def test_every_kind_is_laid_under_an_identifier_and_texts_of_its_own() -> None:
    held = {place.uprn for place in COUNTRY}
    assert {pair.kind for pair in PAIRS} == {*TRAINED_KINDS, *RESERVED_KINDS}
    for pair in PAIRS:
        assert pair.premises.uprn not in held
        assert not {text_of(pair.of)} & {render(text.pieces).text for text in pair.premises.texts}


def test_a_third_of_the_kinds_is_reserved() -> None:
    assert not {*TRAINED_KINDS} & {*RESERVED_KINDS}
    assert 3 * len(RESERVED_KINDS) >= len(TRAINED_KINDS)


def test_one_of_each_pair_is_left_out_now_this_one_now_that() -> None:
    left_out = left_out_in_turn(PAIRS, 1)
    assert all((pair.of.uprn in left_out) != (pair.premises.uprn in left_out) for pair in PAIRS)
    assert 0.3 < sum(pair.of.uprn in left_out for pair in PAIRS) / len(PAIRS) < 0.7


def test_a_number_or_its_letter_changes_alone() -> None:
    number = another_number(HOUSE, NAMES, Random(1))
    assert number
    assert number.number != 12
    assert text_of(number) == f"{number.number} ALDER ROAD YO17 5AB"
    suffix = another_suffix(HOUSE, NAMES, Random(1))
    assert suffix
    assert text_of(suffix) == f"12{suffix.suffix} ALDER ROAD YO17 5AB"


def test_another_street_has_another_postcode_of_its_sector() -> None:
    for change in (another_street_type, another_qualifier, another_street_name):
        moved = change(HOUSE, NAMES, Random(1))
        assert moved
        assert moved.street != "ALDER ROAD"
        assert moved.postcode[:-2] == "YO17 5"
        assert text_of(moved) == f"12 {moved.street} {moved.postcode}"


def test_a_house_a_block_and_a_part_differ_by_one_word() -> None:
    assert text_of(another_word_of_building(COTTAGE, NAMES, Random(1))) == "ROSE VILLA"
    assert text_of(another_block(FLAT, NAMES, Random(1))) == "FLAT 2 ROWAN COURT"
    assert another_block(replace(FLAT, number=7), NAMES, Random(1)) is None
    part = another_kind_of_part(FLAT, NAMES, Random(1))
    assert part
    assert text_of(part) == f"{part.flat_word} 2 ALDER COURT"


def test_what_has_not_the_word_has_no_near_miss() -> None:
    assert another_number(COTTAGE, NAMES, Random(1)) is None
    assert another_word_of_building(HOUSE, NAMES, Random(1)) is None
    assert another_street_type(COTTAGE, NAMES, Random(1)) is None
    assert another_kind_of_part(HOUSE, NAMES, Random(1)) is None
