"""How much of a query's words a candidate holds, and the reverse, weighted by their rarity in the reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from indexer.analysis import is_word, term_id
from indexer.retrieval import TermStatistics
from service.matching.comparison.columns import Pairs

FUZZY_WORD = 78.0
"""Partial likeness (0 to 100) from which a word that the reference does not know counts as found."""
MAX_LEFTOVER = 30.0
"""Bound of the leftover weights: three or four rare words."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares and leftovers per pair; a word weighs the logarithm of its rarity."""

    query_share: NDArray[np.float32]
    """Weight of the query's words that the candidate holds, over the weight of all of them, in [0, 1]."""
    candidate_share: NDArray[np.float32]
    """Weight of the candidate's words that the query holds, over the weight of all of them, in [0, 1]."""
    query_leftover: NDArray[np.float32]
    """Weight of the query's known words that the candidate lacks, in [0, MAX_LEFTOVER]."""
    candidate_leftover: NDArray[np.float32]
    """Weight of the candidate's words that the query lacks, in [0, MAX_LEFTOVER]."""


def overlap(pairs: Pairs) -> Overlap:
    """Compare the words without digits; numbers and postcodes have relations of their own."""
    return _OverlapOfBatch(pairs).overlap()


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The words without digits of all queries of a batch, one query's behind the other's."""

    words: list[str]
    counts: NDArray[np.int64]
    """Shape (queries,): words of each query."""
    ids: NDArray[np.int64]
    """Shape (words,), as the two below: `indexer.analysis.term_id`."""
    known: NDArray[np.bool_]
    """Whether the reference has the word."""
    weights: NDArray[np.float64]
    """Rarity in the reference."""

    @classmethod
    def of(cls, queries: Sequence[Sequence[str]], statistics: TermStatistics) -> "QueryWords":
        """Read the terms of queries."""
        words = [[t for t in terms if is_word(t)] for terms in queries]
        flat = [w for query in words for w in query]
        ids = np.fromiter((term_id(w) for w in flat), dtype=np.int64, count=len(flat))
        frequencies = statistics.frequencies(ids)
        counts = np.array([len(query) for query in words], dtype=np.int64)
        return cls(flat, counts, ids, frequencies > 0, rarity(frequencies, statistics.texts))


class _OverlapOfBatch:
    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.asked = QueryWords.of(pairs.queries.terms, pairs.statistics)

    def overlap(self) -> Overlap:
        pairs = self.pairs
        counts = self.asked.counts
        starts = np.cumsum(counts) - counts
        pair_of, word_of = _expand(counts[pairs.query], starts[pairs.query])
        held, candidate_weight, matched_weight = self._held(pair_of, word_of)
        held |= self._held_with_a_slip(pair_of, word_of, held)
        n = len(pairs)
        total = np.bincount(pair_of, self.asked.weights[word_of], n)
        found = np.bincount(pair_of, self.asked.weights[word_of] * held, n)
        leftover = np.bincount(pair_of, self.asked.weights[word_of] * (~held & self.asked.known[word_of]), n)
        with np.errstate(invalid="ignore", divide="ignore"):
            query_share = np.where(total > 0, found / total, 0)
            candidate_share = np.where(candidate_weight > 0, matched_weight / candidate_weight, 0)
        return Overlap(
            query_share.astype(np.float32),
            candidate_share.astype(np.float32),
            np.minimum(leftover, MAX_LEFTOVER).astype(np.float32),
            np.clip(candidate_weight - matched_weight, 0, MAX_LEFTOVER).astype(np.float32),
        )

    def _held(
        self, pair_of: NDArray[np.int64], word_of: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
        """Say which (pair, word) the candidate holds exactly; weigh all, and the held, words of each pair's candidate."""
        pairs = self.pairs
        lists = pairs.candidates.texts.column("term_ids").combine_chunks()
        offsets = lists.offsets.to_numpy().astype(np.int64)
        offsets, ids = offsets - offsets[0], lists.flatten().to_numpy()
        is_word = (ids & 1) == 0
        weights = np.where(is_word, rarity(pairs.statistics.frequencies(ids), pairs.statistics.texts), 0)
        text_of = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        text_weight = np.bincount(text_of, weights, len(offsets) - 1)
        vocabulary, codes = np.unique(np.concatenate([ids, self.asked.ids]), return_inverse=True)
        width = len(vocabulary) + 1
        keys = text_of * width + codes[: len(ids)]
        order = np.argsort(keys)
        keys = keys[order]
        wanted = pairs.text[pair_of] * width + codes[len(ids) :][word_of]
        held: NDArray[np.bool_] = np.zeros(len(wanted), dtype=bool)
        if len(keys):
            place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            held = np.equal(keys[place], wanted)
        matched = np.bincount(pair_of, self.asked.weights[word_of] * held, len(pairs)).astype(np.float64)
        return held, text_weight[pairs.text].astype(np.float64), matched

    def _held_with_a_slip(
        self, pair_of: NDArray[np.int64], word_of: NDArray[np.int64], held: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Say which words that the reference does not know stand in the candidate's text but for a slip."""
        slipped = np.zeros(len(held), dtype=bool)
        doubtful = np.flatnonzero(~self.asked.known[word_of] & ~held)
        if not len(doubtful):
            return slipped
        addresses = self.pairs.whole_text().rows()
        scores = cpdist(
            [self.asked.words[i] for i in word_of[doubtful].tolist()],
            [addresses[i] for i in self.pairs.text[pair_of[doubtful]].tolist()],
            scorer=fuzz.partial_ratio,
            score_cutoff=FUZZY_WORD,
        )
        slipped[doubtful] = scores >= FUZZY_WORD
        return slipped


def rarity(frequencies: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """Return the inverse document frequency, log((N + 1) / (df + 1)), at least 0 (Spärck Jones 1972)."""
    return np.maximum(np.log((texts + 1) / (frequencies + 1)), 0.0)


def cosine(pairs: Pairs) -> NDArray[np.float32]:
    """Return the cosine of query and candidate vectors, in [-1, 1]."""
    vectors = pairs.candidates.vectors[pairs.text].astype(np.float32) / np.float32(127)
    products = np.einsum("ij,ij->i", pairs.queries.vectors[pairs.query], vectors)
    nearness: NDArray[np.float32] = np.clip(products, -1, 1).astype(np.float32)
    return nearness


def _expand(
    counts: NDArray[np.int64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Repeat each pair once a word of its query: position of the pair, and of the word."""
    pair_of = np.repeat(np.arange(len(counts)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    return pair_of, np.repeat(starts, counts) + np.arange(len(pair_of)) - first
