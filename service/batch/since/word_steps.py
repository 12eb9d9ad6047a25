"""How far the log-odds of an answer move where the counts of two generations weigh its words otherwise.

A word weighs by how few texts hold it, so that each share of words moves a little with every change of the reference;
the ranker gives it a step wherever it passes from one bin into the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import terms
from address_match.indexer.retrieval import TermStatistics
from address_match.models.ranker import AdditiveRanker
from address_match.service.matching.features.columns.query_words import QueryWords
from address_match.service.matching.features.words.word_overlap import (
    CANDIDATE_LEFTOVER,
    CANDIDATE_SHARE,
    QUERY_LEFTOVER,
    QUERY_SHARE,
    leftover,
    share,
)

_WEIGHED = (QUERY_SHARE, QUERY_LEFTOVER, CANDIDATE_SHARE, CANDIDATE_LEFTOVER)


@dataclass(frozen=True, slots=True)
class WordSteps:
    """The steps of a ranker along the features of `_WEIGHED`."""

    edges: tuple[NDArray[np.float32], ...]
    """Of each feature, where one bin ends and the next begins; ascending."""
    climbed: tuple[NDArray[np.float64], ...]
    """Of each feature, the log-odds that lie between the first bin and each, every step upwards; shape (bins,)."""

    @classmethod
    def of(cls, ranker: AdditiveRanker) -> "WordSteps":
        """Return those of a ranker; where two features count together, a step is the largest that the other allows."""
        names = [spec.name for spec in ranker.specs]
        places = [names.index(feature.name) for feature in _WEIGHED]
        return cls(
            tuple(ranker.edges[place] for place in places),
            tuple(_climbed(ranker, place) for place in places),
        )

    def moved(
        self, texts: Sequence[str], addresses: Sequence[str], before: TermStatistics, now: TermStatistics
    ) -> NDArray[np.float64]:
        """Return how far the log-odds of each text and the address that answers it may move, shape (texts,), at least 0."""
        asked, held = ([terms(text) for text in each] for each in (texts, addresses))
        moved = np.zeros(len(texts))
        sides = (_weighed(asked, held, before), _weighed(asked, held, now))
        for edges, climbed, *values in zip(self.edges, self.climbed, *sides, strict=True):
            first, second = (climbed[edges.searchsorted(each)] for each in values)
            moved += abs(second - first)
        return moved


def _climbed(ranker: AdditiveRanker, place: int) -> NDArray[np.float64]:
    steps = abs(np.diff(ranker.values[place]))
    for both in ranker.interactions:
        if place in (both.first, both.second):
            table = both.values if place == both.first else both.values.T
            steps += abs(np.diff(table, axis=0)).max(axis=1)
    return np.append(0.0, np.cumsum(steps))


def _weighed(
    asked: Sequence[Sequence[str]], held: Sequence[Sequence[str]], statistics: TermStatistics
) -> tuple[NDArray[np.float32], ...]:
    """Return the features of `_WEIGHED` as matching has them, but that every unknown word counts as a slip of a held one."""
    query, text = (QueryWords.of(each, statistics) for each in (asked, held))
    is_held = _are_in(query, held) | ~query.known
    query_weight, text_weight = query.total(query.weights), text.total(text.weights)
    query_held = query.total(query.weights * is_held)
    text_asked = text.total(text.weights * _are_in(text, asked))
    return (
        share(query_held, query_weight),
        leftover(query_weight - query_held),
        share(text_asked, text_weight),
        leftover(text_weight - text_asked),
    )


def _are_in(words: QueryWords, others: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Return for each word whether the other words of the same row hold it, shape (words,)."""
    each = zip(words.words, words.owner.tolist(), strict=True)
    return np.array([word in others[row] for word, row in each], dtype=np.bool_)
