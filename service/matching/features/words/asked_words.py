"""Every word of the query of every pair, in one flat list: the positions on which word features are computed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.ragged import bounds_of, places_in_rows, row_of_each
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.columns.query_words import QueryWords


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words without digits that each pair asks for; the words of one pair follow those of the pair before."""

    pairs: Pairs
    words: QueryWords
    """The words of the queries, each once however many pairs its query has."""
    word_of: NDArray[np.int64]
    """Shape (positions,): which of `words` stands there."""
    pair_of: NDArray[np.int64]
    """Shape (positions,): the pair that asks for it, ascending."""

    @classmethod
    def of(cls, pairs: Pairs) -> "AskedWords":
        """Lay out the words of the query of every pair."""
        words = pairs.words
        word_of, bounds = places_in_rows(bounds_of(words.counts), pairs.query)
        return cls(pairs, words, word_of, row_of_each(bounds))

    def weigh(self, positions: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up the weights of the words at some positions for each pair, shape (pairs,); `weights` are those of
        `words`.
        """
        of_words = weights[self.word_of[positions]]
        return np.bincount(self.pair_of[positions], of_words, len(self.pairs)).astype(np.float64)

    def strings(self, positions: NDArray[np.int64]) -> list[str]:
        """Return the words at some positions."""
        return [self.words.words[word] for word in self.word_of[positions].tolist()]

    def candidate_texts(self, positions: NDArray[np.int64]) -> list[str]:
        """Return the whole text of the candidate at each of some positions, upper case."""
        return self.pairs.whole_text().at(self.pairs.text[self.pair_of[positions]])
