from random import Random

import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.service.training.data.parser_corpus import WITHOUT_GAZETTEER
from address_match.service.training.data.wider_corpus import wider_corpus


def test_the_texts_are_read_with_and_without_a_gazetteer() -> None:
    country = list(SyntheticCountry(3, 1_500))
    unaided, aided = wider_corpus(country, 300, Random(1))
    texts = len(unaided.samples) + len(aided.samples)
    assert (unaided.gazetteer is None, aided.gazetteer is None) == (True, False)
    assert len(unaided.samples) / texts == pytest.approx(WITHOUT_GAZETTEER, abs=0.06)
    assert texts <= 600


def test_the_same_seed_teaches_the_same() -> None:
    country = list(SyntheticCountry(3, 600))
    once, again = ([one.samples for one in wider_corpus(country, 60, Random(1))] for _ in range(2))
    assert once == again


def test_a_corpus_without_wider_texts_has_no_sections_of_them() -> None:
    assert list(wider_corpus(list(SyntheticCountry(3, 600)), 0, Random(1))) == []
