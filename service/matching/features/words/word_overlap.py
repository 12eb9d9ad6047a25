"""How much of a query's words a candidate holds, and the reverse, weighted by their rarity in the reference."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.words.asked_words import AskedWords
from address_match.service.matching.features.words.held_words import (
    held_exactly,
    held_in_full,
    held_with_a_slip,
    hold_names_spaced_otherwise,
)
from address_match.service.matching.features.words.word_fields import (
    WordField,
    said_by_candidate,
    word_fields,
)

ALL_SAID = 1 - 1e-6
"""Share of words from which all are held; below it by the rounding of a sum of rarities alone."""
NO_WORD = 1e-9
"""Weight below which no word is left over: no word weighs so little, and sums of weights in another order differ by
less.
"""
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
    """Weight of the query's words that the candidate lacks, in fields of which it says something else, in [0,
    MAX_LEFTOVER].
    """
    name_share: NDArray[np.float32]
    """Of the words that name the query's building and organisation, the share of their weight that the candidate holds,
    slips forgiven, in [0, 1]; -1 where the query names neither."""


@once_per_batch
def overlap(pairs: Pairs) -> Overlap:
    """Compare the words without digits; numbers and postcodes have features of their own."""
    asked = AskedWords.of(pairs)
    words = asked.words
    held, candidate_weight = held_exactly(asked)
    matched_weight = asked.weigh(held.nonzero()[0], words.weights)
    fields = word_fields(asked)
    matched_weight += hold_names_spaced_otherwise(asked, held, fields)
    of_names = fields == int(WordField.NAME)
    held |= held_with_a_slip(asked, held, of_names)
    held |= held_in_full(asked, held, of_names)
    missing = (~held).nonzero()[0]
    contradicted = missing[said_by_candidate(asked, missing, fields)]
    total = words.total(words.weights)[pairs.query]
    return Overlap(
        share(total - asked.weigh(missing, words.weights), total),
        share(matched_weight, candidate_weight),
        leftover(asked.weigh(missing, words.weights * words.known)),
        leftover(candidate_weight - matched_weight),
        leftover(asked.weigh(contradicted, words.weights)),
        _name_share(asked, held, of_names),
    )


def _name_share(
    asked: AskedWords, held: NDArray[np.bool_], of_names: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return `Overlap.name_share`; `held` has the shape (positions,), `of_names` (words,)."""
    if not of_names.any():
        return np.full(len(asked.pairs), -1, dtype=np.float32)
    named = asked.words.total(asked.words.weights * of_names)[asked.pairs.query]
    found = asked.weigh((held & of_names[asked.word_of]).nonzero()[0], asked.words.weights)
    return np.where(named > 0, share(found, named), -1).astype(np.float32)


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
