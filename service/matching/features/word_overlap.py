"""How much of a query's words a candidate holds, and the reverse, weighted by their rarity in the reference."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from address_match.indexer.lexical.analysis import are_words
from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.texts.coded_strings import JOINT
from address_match.indexer.texts.distinct_numbers import coded_numbers
from address_match.ragged import bounds_of, places_in_rows, row_of_each, stand_in_rows
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.columns.query_words import QueryWords, rarity
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.building_as_street import rows_of_buildings_as_streets
from address_match.service.matching.features.names.compare_names import SLIPS_FORGIVEN
from address_match.service.matching.features.names.initials import may_be_initials, words_of_initials
from address_match.service.matching.features.names.name_likeness import spaced_otherwise

ALL_SAID = 1 - 1e-6
"""Share of words from which all are held; below it by the rounding of a sum of rarities alone."""
FUZZY_WORD = 78.0
"""Partial likeness (0 to 100) from which a word that the reference does not know counts as found."""
LEAST_OF_A_NAME_WITH_SLIP = 5
"""Letters from which a word of a name may hold a slip: ROOK is not ROOT."""
NO_WORD = 1e-9
"""Weight below which no word is left over: no word weighs so little, and sums of weights in another order differ by
less.
"""
MAX_LEFTOVER = 30.0
"""Bound of the leftover weights: three or four rare words."""


_WORD = re.compile(r"[^\W\d_]+")


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
    """Weight of the query's words that the candidate lacks, in fields of which it says something else, in [0,
    MAX_LEFTOVER].
    """
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
"""The columns of the parsed fields that hold the words of each; a word of two fields counts to the last."""
_SPACED = (("building", WordField.NAME), ("street", WordField.STREET))
"""The columns whose names people write in one word or in two."""


@once_per_batch
def overlap(pairs: Pairs) -> Overlap:
    """Compare the words without digits; numbers and postcodes have features of their own."""
    return _OverlapOfBatch(pairs).overlap()


class _OverlapOfBatch:
    """Every word of the query of every pair: `pair_of` and `word_of` say which stands at each of the positions."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.words = pairs.words
        self.word_of, bounds = places_in_rows(bounds_of(self.words.counts), pairs.query)
        self.pair_of = row_of_each(bounds)

    def overlap(self) -> Overlap:
        words, query = self.words, self.pairs.query
        held, candidate_weight = self._held()
        matched_weight = self._weigh(held.nonzero()[0], words.weights)
        fields = self._fields()
        matched_weight += self._hold_names_spaced_otherwise(held, fields)
        names = fields == int(WordField.NAME)
        held |= self._held_with_a_slip(held, names)
        held |= self._held_in_full(held, names)
        missing = (~held).nonzero()[0]
        contradicted = missing[self._said_by_candidate(missing, fields)]
        total = words.total(words.weights)[query]
        return Overlap(
            share(total - self._weigh(missing, words.weights), total),
            share(matched_weight, candidate_weight),
            leftover(self._weigh(missing, words.weights * words.known)),
            leftover(candidate_weight - matched_weight),
            leftover(self._weigh(contradicted, words.weights)),
            self._name_share(held, names),
        )

    def _weigh(self, positions: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up the weights of the words at some positions for each pair."""
        of_words = weights[self.word_of[positions]]
        return np.bincount(self.pair_of[positions], of_words, len(self.pairs)).astype(np.float64)

    def _name_share(self, held: NDArray[np.bool_], names: NDArray[np.bool_]) -> NDArray[np.float32]:
        if not names.any():
            return np.full(len(self.pairs), -1, dtype=np.float32)
        named = self.words.total(self.words.weights * names)[self.pairs.query]
        found = self._weigh((held & names[self.word_of]).nonzero()[0], self.words.weights)
        return np.where(named > 0, share(found, named), -1).astype(np.float32)

    def _fields(self) -> NDArray[np.int8]:
        """Return the `WordField` of every word of the queries."""
        fields = np.zeros(len(self.words.words), dtype=np.int8)
        owner = self.words.owner.tolist()
        for field, columns in _FIELDS:
            texts = zip(*(self.pairs.of_query(column).rows() for column in columns), strict=True)
            words = [_filed_words(JOINT.join(text)) for text in texts]
            stands = [word in words[query] for word, query in zip(self.words.words, owner, strict=True)]
            fields[np.array(stands, dtype=bool)] = int(field)
        return fields

    def _said_by_candidate(self, positions: NDArray[np.int64], fields: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Return for some positions whether the candidate says something in the field of the word."""
        if not len(positions):
            return np.zeros(0, dtype=bool)
        says = np.zeros((len(WordField), len(self.pairs.candidates.texts)), dtype=bool)
        for field, columns in _FIELDS:
            for column in columns:
                says[field] |= self.pairs.of_text(column).said_by_row()
        pair, field_of = self.pair_of[positions], fields[self.word_of[positions]]
        found: NDArray[np.bool_] = says[field_of, self.pairs.text[pair]]
        no_street = np.zeros(len(self.pairs), dtype=bool)
        no_street[rows_of_buildings_as_streets(self.pairs)] = True
        found &= ~(no_street[pair] & (field_of == int(WordField.STREET)))
        return found

    def _held(self) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Return at which positions the candidate holds the word exactly; weigh all words of each pair's candidate."""
        text, statistics = self.pairs.text, self.pairs.statistics
        terms, bounds = self.pairs.candidates.texts.terms()
        lengths = np.diff(bounds)
        without_digits = are_words(terms)
        text_of = np.arange(len(lengths)).repeat(lengths)[without_digits]
        ids, codes = coded_numbers(np.concatenate([terms[without_digits], self.words.ids]))
        of_texts, of_queries = codes[: len(text_of)], codes[len(text_of) :]
        weights = rarity(statistics.frequencies(ids), statistics.texts)
        text_weight = np.bincount(text_of, weights[of_texts], len(lengths)).astype(np.float64)
        counts = np.bincount(text_of, minlength=len(lengths))
        held = stand_in_rows(of_queries[self.word_of], text[self.pair_of], of_texts, bounds_of(counts))
        return held, text_weight[text]

    def _hold_names_spaced_otherwise(
        self, held: NDArray[np.bool_], fields: NDArray[np.int8]
    ) -> NDArray[np.float64]:
        """Mark as held the words of names that both write with other spaces; return the weight of the candidate's words
        among them.

        CORN and MILL are two words that the reference knows, and neither stands in CORNMILL CRESCENT; yet that is the
        name.
        """
        weight = np.zeros(len(self.pairs))
        for column, field in _SPACED:
            spaced = spaced_otherwise(self.pairs, column)
            if not spaced.any():
                continue
            rows = spaced.nonzero()[0]
            of_name = spaced[self.pair_of] & (fields[self.word_of] == int(field))
            exact = self._weigh((of_name & held).nonzero()[0], self.words.weights)
            weight[rows] += np.maximum(self._weights_of_names(column, rows) - exact[rows], 0)
            held |= of_name
        return weight

    def _weights_of_names(self, column: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the weight of the words in a column of the candidates, for some pairs."""
        names = self.pairs.of_text(column).at(self.pairs.text[rows])
        statistics = self.pairs.statistics
        weighed = QueryWords.of([sorted(_filed_words(name)) for name in names], statistics)
        return weighed.total(weighed.weights)

    def _held_in_full(self, held: NDArray[np.bool_], names: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return where a word of a name is the initials of words of the text, and not `held` itself: CC in ELMLEY
        CRICKET CLUB.
        """
        in_full = np.zeros(len(held), dtype=bool)
        initials = [word for word in names.nonzero()[0].tolist() if may_be_initials(self.words.words[word])]
        if not initials:
            return in_full
        doubtful = (np.isin(self.word_of, initials) & ~held).nonzero()[0]
        words = [self.words.words[word] for word in self.word_of[doubtful].tolist()]
        texts = self.pairs.whole_text().at(self.pairs.text[self.pair_of[doubtful]])
        in_full[doubtful] = list(map(bool, map(words_of_initials, words, texts)))
        return in_full

    def _held_with_a_slip(self, held: NDArray[np.bool_], names: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return where a word that the reference does not know, and that is not `held`, stands in the text except for a
        slip.

        `names` says which words of the queries are names of buildings and businesses: those have few slips, since they
        differ in little.
        """
        slipped = np.zeros(len(held), dtype=bool)
        if self.words.known.all():
            return slipped
        doubtful = (~self.words.known[self.word_of] & ~held).nonzero()[0]
        words = [self.words.words[word] for word in self.word_of[doubtful].tolist()]
        texts = self.pairs.whole_text().at(self.pairs.text[self.pair_of[doubtful]])
        scores = cpdist(words, texts, scorer=fuzz.partial_ratio, score_cutoff=FUZZY_WORD)
        slipped[doubtful] = scores >= FUZZY_WORD
        for place in np.flatnonzero((scores >= FUZZY_WORD) & names[self.word_of[doubtful]]).tolist():
            slipped[doubtful[place]] = _stands_but_for_slips(words[place], texts[place])
        return slipped


@lru_cache(maxsize=1 << 16)
def _stands_but_for_slips(name: str, text: str) -> bool:
    """Return whether a word of a name is one of a text's, or two of them written as one, slips forgiven: STONELEIGH is
    not STONELEA.

    A last letter is no slip where each has another: BAKERS is not BAKERY.
    """
    if len(name) < LEAST_OF_A_NAME_WITH_SLIP:
        return False
    words = _WORD.findall(text)
    joined = map("".join, pairwise(words))
    return any(
        OSA.distance(name, each, score_cutoff=SLIPS_FORGIVEN) <= SLIPS_FORGIVEN
        and not (len(name) == len(each) and name[:-1] == each[:-1])
        for each in (*words, *joined)
    )


@lru_cache(maxsize=1 << 16)
def _filed_words(texts: str) -> frozenset[str]:
    """Return the words of joined columns in the spelling in which words are filed."""
    return frozenset(CANONICAL_WORDS.get(word, word) for word in texts.replace(JOINT, " ").split())


def share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return part / whole, in [0, 1], and 0 where there is nothing to share."""
    return (part / np.where(whole > 0, whole, 1)).clip(0, 1).astype(np.float32)


def leftover(weight: NDArray[np.float64]) -> NDArray[np.float32]:
    """Bound what is left over, to [0, MAX_LEFTOVER]; what is left of a difference by rounding is nothing."""
    return np.where(weight < NO_WORD, 0, weight.clip(0, MAX_LEFTOVER)).astype(np.float32)


QUERY_SHARE = Feature(
    name="query_share",
    field=Field.WORDS,
    compute=lambda pairs: overlap(pairs).query_share,
    monotone=1,
    words=lambda value: f"{value:.0%} of what is asked stands in the candidate",
)
CANDIDATE_SHARE = Feature(
    name="candidate_share",
    field=Field.WORDS,
    compute=lambda pairs: overlap(pairs).candidate_share,
    monotone=1,
    words=lambda value: f"{value:.0%} the reverse",
)
QUERY_LEFTOVER = Feature(
    name="query_leftover",
    field=Field.WORDS,
    compute=lambda pairs: overlap(pairs).query_leftover,
    monotone=-1,
)
CANDIDATE_LEFTOVER = Feature(
    name="candidate_leftover",
    field=Field.WORDS,
    compute=lambda pairs: overlap(pairs).candidate_leftover,
    monotone=-1,
)
CONTRADICTED = Feature(
    name="contradicted", field=Field.WORDS, compute=lambda pairs: overlap(pairs).contradicted, monotone=-1
)
NAME_SHARE = Feature(
    name="name_share",
    field=Field.WORDS,
    compute=lambda pairs: overlap(pairs).name_share,
    monotone=1,
    unsaid=1,
)
