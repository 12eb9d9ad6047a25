import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from address_match.models.synthesis.noise.noise_class import NoiseClass, Stage
from address_match.models.synthesis.noise.pieces import Pieces
from address_match.models.synthesis.noise.table import NOISE, RESERVED_NOISE, TRAINING_NOISE, compose, noised
from address_match.parser.labelled_text import render
from address_match.parser.labels import Label
from tests.models.synthesis.noise.factories import address, text

RESERVED = {
    "vowels_dropped",
    "scanner_confusions",
    "phonetic_respelling",
    "truncated",
    "fields_pasted_twice",
    "words_shuffled",
    "chatter",
    "random_edits",
}

ADDRESSES = (
    address(", ", number="12", street="ACLAND ROAD", locality="BEESTON", town="LEEDS", postcode="LS11 4AB"),
    address(
        flat="FLAT 3",
        number="14",
        street="KING'S ROAD",
        town="STOKE-ON-TRENT",
        county="STAFFS",
        postcode="ST4 1AB",
    ),
    address(flat="FLAT C", number="14", street="ROSE BANK ROAD", town="ST ALBANS", postcode="AL1 2CD"),
    address(
        ", ",
        flat="APARTMENT 302",
        building="PRIORY VIEW",
        street="CORNMILL LANE",
        town="SWANSEA",
        postcode="SA1 4AB",
    ),
    address(
        organisation="ALDER AND SONS", building="12A", street="FIRST AVENUE", town="LEEDS", postcode="LS1 4AB"
    ),
    address(building="THE OLD MILL", locality="NETHER ALDER", town="LEEDS", postcode="LS1 4AB"),
    address(number="42-46", street="NORTH STREET", town="GLASGOW", postcode="G1 2AB"),
    address(
        flat="GROUND FLOOR FLAT", building="7 B", street="SADDLER STREET", town="LEEDS", postcode="LS1 4AB"
    ),
    address(flat="FLAT 6A", building="ROSE COTTAGE", number="5", street="MILL LANE", town="LEEDS"),
    address(flat="2F1", number="9", street="THE GREEN", town="EDINBURGH", postcode="EH1 2AB"),
    address(building="ROSE COTTAGE", number="5", street="MILL LANE", town="LEEDS", postcode="LS1 4AB"),
    address(", ", number="8", street="Kings Drive", town="Leeds", postcode="LS1 4AB"),
    address(organisation="THE ELMS CARE HOME", street="MILL LANE", town="LEEDS", postcode="LS1 4AB"),
    address(building="UNITS 9-10", street="ELM WAY", town="LEEDS", postcode="LS1 4AB"),
    address(building="3 YEW TREE COTTAGES", locality="NETHER ALDER", town="LEEDS", postcode="LS1 4AB"),
    address(flat="FLAT 3", building="ALDER COURT", number="14", street="ELM ROAD", town="LEEDS"),
    address(building="HEATHFIELD", street="MILL LANE", town="LEEDS", postcode="LS1 4AB"),
    address(building="REAR OF", number="12", street="MILL LANE", town="LEEDS", postcode="LS1 4AB"),
    address(town="LEEDS"),
    (),
)
addresses = st.sampled_from(ADDRESSES)
seeds = st.integers(0, 10_000)
few = settings(max_examples=25, deadline=None)
named = pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)


def digits(pieces: Pieces) -> list[str]:
    """Runs of digits outside postcodes, in order of size: what names the premises on its street."""
    words = " ".join(piece.text for piece in pieces if piece.label is not Label.POSTCODE)
    return sorted(re.findall(r"[0-9]+", words))


def test_the_reserved_classes_are_those_that_evaluation_keeps_for_itself() -> None:
    assert {noise.name for noise in RESERVED_NOISE} == RESERVED


def test_training_and_reserved_classes_share_nothing_and_leave_nothing_out() -> None:
    assert len(TRAINING_NOISE) + len(RESERVED_NOISE) == len(NOISE)
    assert not {noise.name for noise in TRAINING_NOISE} & RESERVED


@named
def test_each_class_changes_some_address(noise: NoiseClass) -> None:
    assert any(noise.apply(pieces, Random(seed)) != pieces for pieces in ADDRESSES for seed in range(5))


@named
def test_the_same_seed_gives_the_same_text(noise: NoiseClass) -> None:
    once, again = ([noise.apply(pieces, Random(7)) for pieces in ADDRESSES] for _ in range(2))
    assert once == again


@named
@few
@given(addresses, seeds)
def test_an_address_never_becomes_empty_and_every_piece_keeps_words(
    noise: NoiseClass, pieces: Pieces, seed: int
) -> None:
    result = noise.apply(pieces, Random(seed))
    assert bool(result) == bool(pieces)
    assert sum(span.end > span.start for span in render(result).spans) == len([p for p in result if p.text])


REWRITES_NUMBERS = {
    "range_low",
    "range_high",
    "range_inside",
    "ordinals",
    "flat_dotted",
    "flat_number_in_words",
    "scanner_confusions",
    "chatter",
    "fields_pasted_twice",
    "number_unsaid",
    "note_before",
    "note_behind",
}


@pytest.mark.parametrize(
    "noise", [n for n in NOISE.values() if n.name not in REWRITES_NUMBERS], ids=lambda n: n.name
)
@few
@given(addresses, seeds)
def test_numbers_stay_the_numbers_they_are(noise: NoiseClass, pieces: Pieces, seed: int) -> None:
    result = noise.apply(pieces, Random(seed))
    floors = [d for d in digits(result) if d not in digits(pieces)]
    assert set(digits(pieces)) <= set(digits(result))
    abbreviates = noise.name in {"floor_abbreviated", "flat_in_brackets"}
    assert set(floors) <= {"1", "2", "3"} if abbreviates else floors == []


@few
@given(addresses, seeds)
def test_a_scanner_never_reads_a_digit_as_another_digit(pieces: Pieces, seed: int) -> None:
    result = NOISE["scanner_confusions"].apply(pieces, Random(seed))
    numbers = [p.text for p in pieces if p.label is Label.NUMBER]
    read = [p.text for p in result if p.label is Label.NUMBER]
    look_alikes = {"1": "I", "0": "O", "5": "S", "8": "B"}
    assert all(r in {n, look_alikes.get(n[0], n[0]) + n[1:]} for n, r in zip(numbers, read, strict=True))


@few
@given(addresses, seeds)
def test_what_is_cut_off_still_names_the_premises(pieces: Pieces, seed: int) -> None:
    result = NOISE["truncated"].apply(pieces, Random(seed))
    assert result == pieces or 15 <= len(text(result)) <= 35
    assert digits(result) == digits(pieces)


@pytest.mark.parametrize("name", ["postcode_letter_off", "postcode_digit_off", "postcode_transposed"])
@few
@given(addresses, seeds)
def test_a_damaged_postcode_keeps_everything_else(name: str, pieces: Pieces, seed: int) -> None:
    result = NOISE[name].apply(pieces, Random(seed))
    assert [p for p in result if p.label is not Label.POSTCODE] == [
        p for p in pieces if p.label is not Label.POSTCODE
    ]


@few
@given(addresses, seeds)
def test_classes_that_take_the_postcode_say_so(pieces: Pieces, seed: int) -> None:
    for noise in TRAINING_NOISE:
        had = any(p.label is Label.POSTCODE for p in pieces)
        has = any(p.label is Label.POSTCODE for p in noise.apply(pieces, Random(seed)))
        assert has == had or noise.takes_postcode


@few
@given(addresses, seeds, st.integers(0, 4))
def test_a_mixture_names_only_classes_that_were_asked_for(pieces: Pieces, seed: int, count: int) -> None:
    _, classes = noised(pieces, count, Random(seed))
    assert len(classes) <= count
    assert not any(noise.reserved for noise in classes)


def test_a_mixture_moves_fields_before_it_damages_letters() -> None:
    pieces = address(flat="FLAT 3", number="14", street="MILL ROAD")
    classes = (NOISE["lower_case"], NOISE["flat_word_abbreviated"], NOISE["flat_after_slash"])
    assert text(compose(classes, pieces, Random(1))) == "14/3 mill road"


def test_a_class_without_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="'none' has weight 0"):
        NoiseClass("none", lambda pieces, _rng: pieces, Stage.WORDS, weight=0)


@pytest.mark.parametrize(
    ("name", "pieces", "labels"),
    [
        ("flat_after_slash", ADDRESSES[1], ["BuildingName", "StreetName"]),
        ("flat_letter_joined", ADDRESSES[2], ["BuildingName", "StreetName"]),
        ("flat_word_dropped", ADDRESSES[1], ["SubBuildingName", "BuildingNumber"]),
        ("flat_word_dropped", ADDRESSES[3], ["BuildingName", "BuildingName"]),
        ("range_low", ADDRESSES[6], ["BuildingNumber", "StreetName"]),
        ("care_of", ADDRESSES[6], ["Other", "Other", "BuildingNumber"]),
        ("flat_in_brackets", ADDRESSES[1], ["BuildingNumber", "StreetName", "SubBuildingName"]),
    ],
)
def test_labels_follow_the_convention_after_noise(name: str, pieces: Pieces, labels: list[str]) -> None:
    result = NOISE[name].apply(pieces, Random(1))
    assert [piece.label.value for piece in result[: len(labels)]] == labels


def test_land_beside_a_number_keeps_the_words_that_tell_it_from_the_number() -> None:
    pieces = address(building="LAND ADJACENT TO", number="92", street="MILL ROAD", town="LEEDS")
    assert NOISE["building_dropped"].apply(pieces, Random(0)) is pieces


def test_a_flat_keeps_its_word_where_the_bare_number_would_be_a_house() -> None:
    pieces = address(flat="FLAT 4", street="UNITY STREET", town="LEEDS")
    assert NOISE["flat_word_dropped"].apply(pieces, Random(0)) is pieces
