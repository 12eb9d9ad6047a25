from random import Random

import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.splits import ENCODER_SPLITS, street_split
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.service.training.data.labelled_rows import premises_of_components
from address_match.service.training.data.parser_corpus import (
    REGIONS,
    WITHOUT_GAZETTEER,
    parser_corpus,
    partial_gazetteer,
)


@pytest.fixture(scope="module")
def country() -> list[Premises]:
    return list(SyntheticCountry(3, 1_500).premises())


def test_a_share_of_the_texts_is_read_without_a_gazetteer(country: list[Premises]) -> None:
    corpus = list(parser_corpus(country, (), 1_000, Random(1)))
    unaided = sum(len(section.samples) for section in corpus if section.gazetteer is None)
    assert len(corpus) == REGIONS + 2
    assert sum(len(section.samples) for section in corpus) == 1_000
    assert unaided / 1_000 == pytest.approx(WITHOUT_GAZETTEER, abs=0.05)


def test_the_same_seed_gives_the_same_corpus(country: list[Premises]) -> None:
    once, again = (list(parser_corpus(country, (), 1_000, Random(1))) for _ in range(2))
    assert [section.samples for section in once] == [section.samples for section in again]
    assert [g.names for g in (section.gazetteer for section in once) if g] == [
        g.names for g in (section.gazetteer for section in again) if g
    ]


def test_a_gazetteer_of_training_lacks_some_of_the_streets(country: list[Premises]) -> None:
    known = partial_gazetteer(country, Random(1), shipped_lexicon())
    streets = {place.street for place in country if place.street}
    held = int(((known.name_fields >> NameField.STREET) & 1).sum())
    assert 0.75 * len(streets) < held < len(streets)


def test_labelled_rows_of_a_reference_are_learned_from_on_some_streets(country: list[Premises]) -> None:
    row = {"building_number": "7", "town_name": "QUORNDEL"}
    own = [premises_of_components({**row, "street_name": f"STREET {n}"}, uprn=str(n)) for n in range(200)]
    taught = [place for place in own if street_split(place) in ENCODER_SPLITS]
    texts = list(parser_corpus(country, own, 500, Random(1)))
    assert 0 < len(taught) < len(own)
    assert sum(len(section.samples) for section in texts) == 500
    names = [g.evidence("QUORNDEL") for g in (section.gazetteer for section in texts) if g]
    assert any(names)
