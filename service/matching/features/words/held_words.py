"""Which words of a query a candidate holds: exactly, spaced otherwise, with a slip, or written in full."""

import re
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from address_match.indexer.lexical.analysis import are_words
from address_match.indexer.retrieval import TermStatistics
from address_match.indexer.texts.distinct_numbers import coded_numbers
from address_match.ragged import bounds_of, stand_in_rows
from address_match.service.matching.features.columns.query_words import QueryWords, rarity
from address_match.service.matching.features.names.initials import may_be_initials, words_of_initials
from address_match.service.matching.features.names.name_likeness import spaced_otherwise
from address_match.service.matching.features.names.name_words import SLIPS_FORGIVEN
from address_match.service.matching.features.words.asked_words import AskedWords
from address_match.service.matching.features.words.word_fields import WordField, filed_words

FUZZY_WORD = 78.0
"""Partial likeness (0 to 100) from which a word that the reference does not know counts as found."""
LEAST_OF_A_NAME_WITH_SLIP = 5
"""Letters from which a word of a name may hold a slip: ROOK is not ROOT."""
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = (("building", WordField.NAME), ("street", WordField.STREET))
"""The columns whose names people write in one word or in two."""


def held_exactly(asked: AskedWords) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return at which positions the candidate holds the word exactly, shape (positions,), and the weight of all words of
    each pair's candidate, shape (pairs,).
    """
    text, statistics = asked.pairs.text, asked.pairs.statistics
    terms, bounds = asked.pairs.candidates.texts.terms()
    lengths = np.diff(bounds)
    without_digits = are_words(terms)
    text_of = np.arange(len(lengths)).repeat(lengths)[without_digits]
    ids, codes = coded_numbers(np.concatenate([terms[without_digits], asked.words.ids]))
    of_texts, of_queries = codes[: len(text_of)], codes[len(text_of) :]
    weights = rarity(statistics.frequencies(ids), statistics.texts)
    text_weight = np.bincount(text_of, weights[of_texts], len(lengths)).astype(np.float64)
    counts = np.bincount(text_of, minlength=len(lengths))
    held = stand_in_rows(of_queries[asked.word_of], text[asked.pair_of], of_texts, bounds_of(counts))
    return held, text_weight[text]


def hold_names_spaced_otherwise(
    asked: AskedWords, held: NDArray[np.bool_], fields: NDArray[np.int8]
) -> NDArray[np.float64]:
    """Mark in `held` the words of names that both write with other spaces; return the weight of the candidate's words
    among them, shape (pairs,).

    CORN and MILL are two words that the reference knows, and neither stands in CORNMILL CRESCENT; yet that is the name.
    """
    weight = np.zeros(len(asked.pairs))
    for column, field in _SPACED:
        spaced = spaced_otherwise(asked.pairs, column)
        if not spaced.any():
            continue
        rows = spaced.nonzero()[0]
        of_name = spaced[asked.pair_of] & (fields[asked.word_of] == int(field))
        exact = asked.weigh((of_name & held).nonzero()[0], asked.words.weights)
        names = asked.pairs.of_text(column).at(asked.pairs.text[rows])
        weight[rows] += np.maximum(weights_of_names(names, asked.pairs.statistics) - exact[rows], 0)
        held |= of_name
    return weight


def weights_of_names(names: list[str], statistics: TermStatistics) -> NDArray[np.float64]:
    """Return the weight of the words of each name, shape (names,); to the last digit the same in every process.

    The words of a set come in an order that differs from process to process, and a sum in another order differs in its
    last digit.
    """
    weighed = QueryWords.of([sorted(filed_words(name)) for name in names], statistics)
    return weighed.total(weighed.weights)


def held_in_full(
    asked: AskedWords, held: NDArray[np.bool_], of_names: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return where a word of a name is the initials of words of the text, and not `held` itself: CC in ELMLEY CRICKET
    CLUB. Shapes as in `held_with_a_slip`.
    """
    in_full = np.zeros(len(held), dtype=bool)
    initials = [word for word in of_names.nonzero()[0].tolist() if may_be_initials(asked.words.words[word])]
    if not initials:
        return in_full
    doubtful = (np.isin(asked.word_of, initials) & ~held).nonzero()[0]
    found = map(words_of_initials, asked.strings(doubtful), asked.candidate_texts(doubtful))
    in_full[doubtful] = list(map(bool, found))
    return in_full


def held_with_a_slip(
    asked: AskedWords, held: NDArray[np.bool_], of_names: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return where a word that the reference does not know, and that is not `held`, stands in the text except for a slip,
    shape (positions,).

    `held` has the shape (positions,). `of_names`, shape (words,), says which words of the queries are names of buildings
    and businesses: those have few slips, since they differ in little.
    """
    slipped = np.zeros(len(held), dtype=bool)
    if asked.words.known.all():
        return slipped
    doubtful = (~asked.words.known[asked.word_of] & ~held).nonzero()[0]
    words, texts = asked.strings(doubtful), asked.candidate_texts(doubtful)
    scores = cpdist(words, texts, scorer=fuzz.partial_ratio, score_cutoff=FUZZY_WORD)
    slipped[doubtful] = scores >= FUZZY_WORD
    for place in np.flatnonzero((scores >= FUZZY_WORD) & of_names[asked.word_of[doubtful]]).tolist():
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
