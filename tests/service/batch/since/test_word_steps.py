"""How far the log-odds of an answer move by the counts of another epoch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id
from address_match.models.ranker import AdditiveRanker, FeatureSpec
from address_match.models.ranker.additive_ranker import Interaction
from address_match.service.batch.since.word_steps import WordSteps

_NAMES = ("query_share", "query_leftover", "candidate_share", "candidate_leftover")
_HALF = np.array([0.5], dtype=np.float32)
_NO_EDGE = np.empty(0, dtype=np.float32)
RANKER = AdditiveRanker(
    specs=tuple(FeatureSpec(name) for name in _NAMES),
    edges=(_NO_EDGE, _NO_EDGE, _HALF, _NO_EDGE),
    values=(np.zeros(1), np.zeros(1), np.array([0.0, 0.3]), np.zeros(1)),
    intercept=0.0,
)
"""It tells but candidates of whose words more than half are asked from the others."""


@dataclass(frozen=True)
class Counts:
    """Texts of a reference, and how many of them hold each word."""

    texts: int
    of_words: Mapping[str, int]

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many texts hold each word."""
        by_id = {term_id(word): count for word, count in self.of_words.items()}
        return np.array([by_id.get(each, 0) for each in term_ids.tolist()], dtype=np.int64)


BEFORE = Counts(1000, {"QUERN": 9, "LANE": 400, "OSTBY": 10})
NOW = Counts(1000, {"QUERN": 11, "LANE": 400, "OSTBY": 10})
RARER = Counts(1000, {"QUERN": 10, "LANE": 390, "OSTBY": 12})


def moved(ranker: AdditiveRanker, text: str, now: Counts) -> float:
    address = "8 QUERN, OSTBY"
    return float(WordSteps.of(ranker).moved([text], [address], BEFORE, now)[0])


def test_a_share_that_passes_into_another_bin_moves_by_its_step() -> None:
    assert moved(RANKER, "8 quern", NOW) == pytest.approx(0.3)


def test_a_share_that_stays_in_its_bin_does_not_move() -> None:
    assert moved(RANKER, "8 quern", RARER) == 0
    assert moved(RANKER, "8 quern, ostby", NOW) == 0


def test_a_step_is_the_largest_that_another_feature_allows() -> None:
    both = Interaction(0, 2, np.array([[0.1, -0.2]]))
    assert moved(replace(RANKER, interactions=(both,)), "8 quern", NOW) == pytest.approx(0.6)


def test_an_unknown_word_counts_as_a_slip_of_what_the_address_says() -> None:
    # By exact words alone a share of .395 passes to .386; with its slip the address says all of them.
    edges = (np.array([0.39], dtype=np.float32), _NO_EDGE, _NO_EDGE, _NO_EDGE)
    values = (np.array([0.0, 0.3]), np.zeros(1), np.zeros(1), np.zeros(1))
    ranker = replace(RANKER, edges=edges, values=values)
    assert moved(ranker, "8 qern, ostby", RARER) == 0
