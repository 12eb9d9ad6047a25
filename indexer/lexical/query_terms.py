"""The words of a reference that a query asks for, how much each weighs, and how much of it a text shares.

An address query is short and every word stands in a text at most once, so BM25 comes down to the sum of the
rarities of the shared words times one factor of the text's length. The rarest words of the query propose the
texts; all its words order them.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.lexical.spellings import Spellings, can_be_guessed
from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.retrieval import Query

K1 = 1.2
B = 0.5
"""Long texts are long because they name a flat, a building and a locality; half of the usual penalty serves."""
COSINE_AGAINST_RARITY = 20.0
"""In a crowded postcode a cosine of one weighs as much as sharing two or three rare words."""
ASKED_NUMBER = 30.0
"""In a crowded postcode the number of the street weighs more than the three rare words of a village: a house is not
left out for a village that its text does not name.
"""
_MOST_ESSENTIAL_WORDS = 24
_FEWEST_ESSENTIAL_WORDS = 2
_POSTINGS_TO_READ = 20_000
"""The words beyond this only order what the rarer ones proposed; twenty times as many cost several times the time
at a million texts, and find one text in some hundreds more."""


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """Words of a query as positions in the vocabulary."""

    words: NDArray[np.int64]
    """Distinct."""
    weights: NDArray[np.float32]
    """Rarity, less for a word that is only similar to the query's."""
    naming: NDArray[np.bool_]
    """Whether the word names something; false for a number."""


class TermWeighting:
    """Turns queries into weighted words of one reference; safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary, spellings: Spellings) -> None:
        self._vocabulary = vocabulary
        self._spellings = spellings
        self._scratch = threading.local()

    def known_words(self, queries: Sequence[Query]) -> list[NDArray[np.int64]]:
        """Return for each query the positions of its terms in the vocabulary, -1 for unknown ones."""
        ids = np.array([term_id(term) for query in queries for term in query.terms], dtype=np.int64)
        positions = self._vocabulary.positions(ids)
        ends = accumulate((len(query.terms) for query in queries), initial=0)
        return [positions[start:end] for start, end in pairwise(ends)]

    def weighted(self, query: Query, positions: NDArray[np.int64]) -> QueryTerms:
        """Weigh the known words of a query by their rarity."""
        naming = np.array([not term[:1].isdigit() and len(term) > 1 for term in query.terms], dtype=np.bool_)
        known = positions >= 0
        words = positions[known]
        return QueryTerms(words, self._vocabulary.rarity[words], naming[known])

    def with_guesses_of_each(
        self, queries: Sequence[Query], known: Sequence[NDArray[np.int64]]
    ) -> list[QueryTerms]:
        """Add to the known words of each query, by their positions, those that its unknown words look like."""
        each = list(zip(queries, known, strict=True))
        self._spellings.learn(
            [
                query.terms[place]
                for query, positions in each
                for place in np.flatnonzero(positions < 0).tolist()
            ]
        )
        return [self.with_guesses(query, positions) for query, positions in each]

    def with_guesses(self, query: Query, positions: NDArray[np.int64]) -> QueryTerms:
        """Add to the known words of a query those that its unknown words look like."""
        terms = self.weighted(query, positions)
        for place in np.flatnonzero(positions < 0).tolist():
            if can_be_guessed(query.terms[place]):
                terms = self._with_guesses_of(terms, query.terms[place])
        return terms

    def _with_guesses_of(self, terms: QueryTerms, term: str) -> QueryTerms:
        words, likeness = self._spellings.guesses(term)
        if not len(words):
            return terms
        # A rare name among the guesses tells no more than the others: they are one word that is not known.
        rarity = self._vocabulary.pooled_rarity(words)
        new = (words[:, None] != terms.words).all(axis=1)
        words, likeness = words[new], likeness[new]
        return QueryTerms(
            np.concatenate([terms.words, words]),
            np.concatenate([terms.weights, likeness * likeness * np.float32(rarity)]),
            np.concatenate([terms.naming, np.ones(len(words), dtype=np.bool_)]),
        )

    def essential(self, terms: QueryTerms) -> NDArray[np.int64]:
        """Choose the words that propose texts: the rarest, among them one that is no number.

        Returns positions in `terms`, shape (chosen,).
        """
        if not len(terms.words):
            return np.empty(0, dtype=np.int64)
        counts = self._vocabulary.count(terms.words)
        order = np.lexsort((terms.words, counts))
        within = int(np.searchsorted(np.cumsum(counts[order]), _POSTINGS_TO_READ, side="right"))
        chosen = order[: min(max(within, _FEWEST_ESSENTIAL_WORDS), _MOST_ESSENTIAL_WORDS)]
        if not terms.naming[chosen].any() and terms.naming.any():
            chosen = np.append(chosen, order[terms.naming[order]][0])
        return chosen

    def factors(self, terms: QueryTerms, chosen: NDArray[np.int64]) -> list[tuple[str, float]]:
        """Spell the chosen words out, each with the factor by which its weight differs from its rarity."""
        words = terms.words[chosen]
        factors = terms.weights[chosen] / self._vocabulary.rarity[words]
        return list(zip(self._vocabulary.spelled(words), factors.tolist(), strict=True))

    def shared_rarity(
        self, terms: QueryTerms, words: NDArray[np.int32] | NDArray[np.int64], bounds: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return for each text the sum of the weights of the words that it shares with the query.

        `words` are those of the texts as positions in the vocabulary (its length for a word that it does not hold), a
        ragged array with its `bounds`.
        """
        return self.shared_with_each([terms], words, bounds, np.array([0, len(bounds) - 1]))

    def shared_with_each(
        self,
        terms: Sequence[QueryTerms],
        words: NDArray[np.int32] | NDArray[np.int64],
        bounds: NDArray[np.int64],
        texts_of_queries: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        """Return for each text the sum of the weights of the words that it shares with its query.

        `words` and `bounds` are the texts of all queries, as for `shared_rarity`, and `texts_of_queries` the bounds of
        these texts: a row per query.
        """
        weights = np.empty(len(words), dtype=np.float32)
        table = self._weights_of_this_thread()
        for of_query, (start, end) in zip(terms, pairwise(bounds[texts_of_queries].tolist()), strict=True):
            table[of_query.words] = of_query.weights
            weights[start:end] = table[words[start:end]]
            table[of_query.words] = 0
        return _sums(weights, bounds)

    def _weights_of_this_thread(self) -> NDArray[np.float32]:
        """Return a table of zeros, one a word; whoever writes to it puts the zeros back."""
        table: NDArray[np.float32] | None = getattr(self._scratch, "weights", None)
        if table is None:
            table = np.zeros(len(self._vocabulary) + 1, dtype=np.float32)
            self._scratch.weights = table
        return table


def _sums(weights: NDArray[np.float32], bounds: NDArray[np.int64]) -> NDArray[np.float32]:
    """Add up the weights of the words of each text."""
    # Whole numbers in double precision: the sums are the same in whatever company they are added up.
    running = np.zeros(len(weights) + 1)
    np.cumsum(np.rint(weights * np.float32(65536)), dtype=np.float64, out=running[1:])
    sums: NDArray[np.float32] = ((running[bounds[1:]] - running[bounds[:-1]]) / 65536.0).astype(np.float32)
    return sums


def length_factor(lengths: NDArray[np.float32], average: float) -> NDArray[np.float32]:
    """Return BM25's factor, in (0, K1 + 1], in the shape of `lengths`: the distinct words of each text."""
    factor: NDArray[np.float32] = ((K1 + 1) / (1 + K1 * (1 - B + B * lengths / average))).astype(np.float32)
    return factor


def has_number(
    first: NDArray[np.int32], last: NDArray[np.int32], asked: NDArray[np.int64] | int
) -> NDArray[np.bool_]:
    """Return for each text, by the first and the last number of its street, whether that or a range of them holds what
    is asked for.
    """
    found: NDArray[np.bool_] = (first == asked) | ((first < asked) & (asked <= last))
    return found
