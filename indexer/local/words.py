"""Which texts share the rare words of a query.

An address query is short and every word stands in a text at most once, so BM25 comes down to the sum of the
rarities of the shared words times one factor of the text's length. The rarest words of the query propose the
texts; all its words order them.
"""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.local.postings import Postings
from indexer.local.texts import TextStore
from indexer.local.vocabulary import Vocabulary

_MOST_DRIVING_WORDS = 24
_FEWEST_DRIVING_WORDS = 2
_POSTINGS_TO_READ = 40_000
"""The words beyond this only order what the rarer ones proposed; ten times as many cost three times the time at a
million texts, and find one text in a thousand more."""
_ORDERED = 120
_K1 = 1.2
_B = 0.5
"""Long texts are long because they name a flat, a building and a locality; half of the usual penalty serves."""


@dataclass(frozen=True, slots=True)
class WeightedWords:
    """Words of a query as positions in the vocabulary."""

    words: NDArray[np.int64]
    """Distinct."""
    weights: NDArray[np.float32]
    """Rarity, less for a word that is only similar to the one that was asked for."""
    naming: NDArray[np.bool_]
    """Whether the word names something; false for a number."""


class WordSearch:
    """Finds the texts that share the rarest words with a query."""

    def __init__(self, texts: TextStore, vocabulary: Vocabulary, postings: Postings) -> None:
        self._texts = texts
        self._vocabulary = vocabulary
        self._postings = postings
        lengths = texts.lengths.astype(np.float32)
        average = float(lengths.mean()) if len(lengths) else 1.0
        self._length_factor = ((_K1 + 1) / (1 + _K1 * (1 - _B + _B * lengths / average))).astype(np.float32)
        self._scratch = threading.local()

    def search(self, asked: WeightedWords, limit: int) -> NDArray[np.int64]:
        """Return the rows of the best texts, at most `limit`, best first, ties by row."""
        driving = self._driving(asked)
        if not len(driving) or limit <= 0:
            return np.empty(0, dtype=np.int64)
        rows = self._postings.best(self._factors(asked, driving), max(_ORDERED, 4 * limit))
        scores = self.shared_rarity(asked, rows) * self._length_factor[rows]
        best: NDArray[np.int64] = rows[np.lexsort((rows, -scores))[:limit]]
        return best

    def _factors(self, asked: WeightedWords, driving: NDArray[np.int64]) -> list[tuple[str, float]]:
        """Say by which factor the weight of each word differs from its rarity."""
        words = asked.words[driving]
        factors = asked.weights[driving] / self._vocabulary.rarity[words]
        return list(zip(self._vocabulary.words.take(words).to_pylist(), factors.tolist(), strict=True))

    def shared_rarity(self, asked: WeightedWords, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each row the sum of the weights of the words that it shares with the query."""
        weights = self._table("weights", len(self._vocabulary))
        weights[asked.words] = asked.weights
        words, starts = self._texts.terms_of(rows)
        # Sums of few numbers in double precision: the same in whatever company they are added up.
        running = np.concatenate([[0.0], np.cumsum(np.rint(weights[words] * 65536.0))])
        weights[asked.words] = 0
        sums: NDArray[np.float32] = ((running[starts[1:]] - running[starts[:-1]]) / 65536.0).astype(
            np.float32
        )
        return sums

    def _driving(self, asked: WeightedWords) -> NDArray[np.int64]:
        """Choose the words that propose texts: the rarest, among them one that is no number."""
        if not len(asked.words):
            return np.empty(0, dtype=np.int64)
        counts = self._vocabulary.count(asked.words)
        order = np.lexsort((asked.words, counts))
        within = int(np.searchsorted(np.cumsum(counts[order]), _POSTINGS_TO_READ, side="right"))
        chosen = order[: min(max(within, _FEWEST_DRIVING_WORDS), _MOST_DRIVING_WORDS)]
        if not asked.naming[chosen].any() and asked.naming.any():
            chosen = np.append(chosen, order[asked.naming[order]][0])
        return chosen

    def _table(self, name: str, size: int) -> NDArray[np.float32]:
        """A table of zeros of this thread; whoever writes to it puts the zeros back."""
        table: NDArray[np.float32] | None = getattr(self._scratch, name, None)
        if table is None:
            table = np.zeros(size, dtype=np.float32)
            setattr(self._scratch, name, table)
        return table
