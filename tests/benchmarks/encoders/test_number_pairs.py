from itertools import islice
from random import Random

import numpy as np
import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from benchmarks.encoders.number_pairs import CONFUSIONS, NumberPair, margins, number_pairs
from benchmarks.encoders.report import confusion_figures
from tests.indexer.models import HashedTrigrams


@pytest.fixture(scope="module")
def pairs() -> list[NumberPair]:
    return number_pairs(islice(SyntheticCountry(5, 20_000), 6_000), 20, Random(1))


def of_kind(pairs: list[NumberPair], kind: str, *, messy: bool) -> list[NumberPair]:
    return [pair for pair in pairs if (pair.kind, pair.messy) == (kind, messy)]


def test_every_kind_has_its_pairs_clean_and_messy(pairs: list[NumberPair]) -> None:
    counts = {
        (kind, messy): len(of_kind(pairs, kind, messy=messy))
        for kind in CONFUSIONS
        for messy in (False, True)
    }
    assert set(counts.values()) == {20}


def test_a_clean_text_is_the_register_s_but_for_case_and_commas(pairs: list[NumberPair]) -> None:
    for pair in pairs:
        same = pair.right.replace(",", "").lower() == pair.query
        assert same or pair.messy
        assert pair.right != pair.wrong


def test_only_what_the_kind_names_is_different(pairs: list[NumberPair]) -> None:
    for pair in of_kind(pairs, "flat 2, 14 / flat 14, 2", messy=False):
        assert sorted(pair.right.replace(",", "").split()) == sorted(pair.wrong.replace(",", "").split())
    for pair in of_kind(pairs, "12 / 12A", messy=True):
        assert len(pair.wrong) == len(pair.right) + 1


def test_a_messy_text_keeps_the_number(pairs: list[NumberPair]) -> None:
    for pair in of_kind(pairs, "1 / 11", messy=True):
        number = next(
            word for word in pair.right.replace(",", " ").split() if word.isdigit() and len(word) == 1
        )
        assert number in pair.query


def test_a_margin_is_how_much_nearer_the_right_text_is() -> None:
    pair = NumberPair("12 / 21", messy=False, query="12 OAK", right="12 OAK", wrong="97 ELM")
    backwards = NumberPair("12 / 21", messy=True, query="12 OAK", right="97 ELM", wrong="12 OAK")
    found = margins(HashedTrigrams(), [pair, backwards])
    assert found[0] > 0.5
    assert np.isclose(found[0], -found[1])
    figures = confusion_figures([pair, backwards], {"tiny": found})
    assert (figures["tiny_pairs_right_clean"], figures["tiny_pairs_right_messy"]) == (1, 0)
