"""How much of a query's words a candidate holds, and the reverse, weighted by their rarity in the reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from indexer.analysis import are_words, term_id
from indexer.retrieval import TermStatistics
from indexer.spelling import CANONICAL_WORDS
from service.matching.comparison.coded import JOINT
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
    contradicted: NDArray[np.float32]
    """Weight of the query's words that the candidate lacks, in fields of which it says something else, in [0, MAX_LEFTOVER]."""
    name_share: NDArray[np.float32]
    """Of the words that name the query's building and organisation, the share of their weight that the candidate holds,
    slips forgiven, in [0, 1]; -1 where the query names neither."""


class WordField(IntEnum):
    """The part of an address in which a word of the query stands."""

    OTHER = 0
    NAME = 1
    """Of a building or an organisation."""
    STREET = 2
    PLACE = 3


_FIELDS: tuple[tuple[WordField, tuple[str, ...]], ...] = (
    (WordField.PLACE, ("locality", "town", "county")),
    (WordField.NAME, ("building", "organisation")),
    (WordField.STREET, ("street",)),
)
"""The columns of a reading that hold the words of each; a word of two fields counts to the last."""


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
        flat = [term for terms in queries for term in terms]
        owner = np.repeat(
            np.arange(len(queries)), np.array([len(terms) for terms in queries], dtype=np.int64)
        )
        ids = np.fromiter(map(term_id, flat), dtype=np.int64, count=len(flat))
        words = np.flatnonzero(are_words(ids))
        counts = np.bincount(owner[words], minlength=len(queries))
        ids = ids[words]
        frequencies = statistics.frequencies(ids)
        return cls(
            [flat[i] for i in words.tolist()],
            counts,
            ids,
            frequencies > 0,
            rarity(frequencies, statistics.texts),
        )


class _OverlapOfBatch:
    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.asked = QueryWords.of(pairs.queries.terms, pairs.statistics)

    def overlap(self) -> Overlap:
        pairs, asked = self.pairs, self.asked
        counts = self.asked.counts
        starts = np.cumsum(counts) - counts
        pair_of, word_of = _expand(counts[pairs.query], starts[pairs.query])
        held, candidate_weight, matched_weight = self._held(pair_of, word_of)
        held |= self._held_with_a_slip(pair_of, word_of, held)
        n = len(pairs)
        weights = asked.weights[word_of]
        lacking = weights * ~held
        total = np.bincount(pair_of, weights, n)
        leftover = np.bincount(pair_of, lacking * asked.known[word_of], n)
        fields = self._fields()[word_of]
        contradicted = np.bincount(pair_of, lacking * self._said_by_candidate(pair_of, fields), n)
        naming = weights * (fields == int(WordField.NAME))
        named = np.bincount(pair_of, naming, n)
        return Overlap(
            _share(total - np.bincount(pair_of, lacking, n), total),
            _share(matched_weight, candidate_weight),
            np.minimum(leftover, MAX_LEFTOVER).astype(np.float32),
            np.clip(candidate_weight - matched_weight, 0, MAX_LEFTOVER).astype(np.float32),
            np.minimum(contradicted, MAX_LEFTOVER).astype(np.float32),
            np.where(named > 0, _share(np.bincount(pair_of, naming * held, n), named), -1).astype(np.float32),
        )

    def _fields(self) -> NDArray[np.int8]:
        """Return the `WordField` of every word of the queries."""
        fields = np.zeros(len(self.asked.words), dtype=np.int8)
        owner = np.repeat(np.arange(len(self.asked.counts)), self.asked.counts).tolist()
        for field, columns in _FIELDS:
            read = [self.pairs.of_query(column) for column in columns]
            texts = read[0].joined(*read[1:])
            words = [_filed_words(text) for text in texts.values]
            codes = texts.codes.tolist()
            stands = [w in words[codes[q]] for w, q in zip(self.asked.words, owner, strict=True)]
            fields[np.array(stands, dtype=bool)] = int(field)
        return fields

    def _said_by_candidate(self, pair_of: NDArray[np.int64], fields: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Say of each (pair, word) whether the candidate says something in the field of the word."""
        texts = self.pairs.candidates.texts.num_rows
        says = np.zeros((texts, len(WordField)), dtype=bool)
        for field, columns in _FIELDS:
            for column in columns:
                says[:, int(field)] |= self.pairs.of_text(column).numbers(bool).astype(bool)
        found: NDArray[np.bool_] = says[self.pairs.text[pair_of], fields]
        return found

    def _held(
        self, pair_of: NDArray[np.int64], word_of: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
        """Say which (pair, word) the candidate holds exactly; weigh all, and the held, words of each pair's candidate."""
        pairs = self.pairs
        lists = pairs.candidates.texts.column("term_ids").combine_chunks()
        lengths = np.diff(lists.offsets.to_numpy().astype(np.int64))
        # Arrow's tables of hashes find equal numbers several times sooner than sorting does.
        coded = pa.concat_arrays([lists.flatten(), pa.array(self.asked.ids)]).dictionary_encode()
        ids, codes = coded.dictionary.to_numpy(), coded.indices.to_numpy().astype(np.int64)
        of_texts, of_asked = np.split(codes, [len(codes) - len(self.asked.ids)])
        weights = np.where(
            are_words(ids), rarity(pairs.statistics.frequencies(ids), pairs.statistics.texts), 0
        )
        text_of = np.repeat(np.arange(len(lengths)), lengths)
        text_weight = np.bincount(text_of, weights[of_texts], len(lengths))
        asked = np.zeros(len(ids), dtype=bool)
        asked[of_asked] = True
        shared = np.flatnonzero(asked[of_texts])
        held_words = pa.array(text_of[shared] * len(ids) + of_texts[shared])
        wanted = pa.array(pairs.text[pair_of] * len(ids) + of_asked[word_of])
        held: NDArray[np.bool_] = pc.is_in(wanted, value_set=held_words).to_numpy(zero_copy_only=False)
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
        scores = cpdist(
            [self.asked.words[i] for i in word_of[doubtful].tolist()],
            self.pairs.whole_text().at(self.pairs.text[pair_of[doubtful]]),
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
    products = np.empty(len(pairs), dtype=np.float32)
    starts = np.searchsorted(pairs.query, np.arange(len(pairs.queries.vectors) + 1)).tolist()
    for query, (start, end) in enumerate(pairwise(starts)):
        if start < end:
            nearby = pairs.candidates.vectors[pairs.text[start:end]].astype(np.float32)
            products[start:end] = nearby @ pairs.queries.vectors[query]
    products /= np.float32(127)
    nearness: NDArray[np.float32] = np.clip(products, -1, 1).astype(np.float32)
    return nearness


@lru_cache(maxsize=1 << 16)
def _filed_words(texts: str) -> frozenset[str]:
    """Return the words of joined columns in the spelling in which words are filed."""
    return frozenset(CANONICAL_WORDS.get(word, word) for word in texts.replace(JOINT, " ").split())


def _share(
    part: NDArray[np.float64 | np.signedinteger], whole: NDArray[np.float64 | np.signedinteger]
) -> NDArray[np.float32]:
    """Return part / whole, in [0, 1], and 0 where there is nothing to share."""
    return np.clip(part / np.where(whole > 0, whole, 1), 0, 1).astype(np.float32)


def _expand(
    counts: NDArray[np.int64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Repeat each pair once a word of its query: position of the pair, and of the word."""
    pair_of = np.repeat(np.arange(len(counts)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    return pair_of, np.repeat(starts, counts) + np.arange(len(pair_of)) - first
