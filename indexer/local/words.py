"""Which texts share the rare words of a query."""

import numpy as np
from numpy.typing import NDArray

from indexer.local.asking import Asking, WeightedWords, length_factor
from indexer.local.postings import Postings
from indexer.local.texts import TextStore

_ORDERED = 60


class WordSearch:
    """Finds the texts that share the rarest words with a query."""

    def __init__(self, texts: TextStore, asking: Asking, postings: Postings) -> None:
        self._texts = texts
        self._asking = asking
        self._postings = postings
        lengths = texts.lengths.astype(np.float32)
        self._length_factor = length_factor(lengths, float(lengths.mean()) if len(lengths) else 1.0)

    def search(self, asked: WeightedWords, limit: int) -> NDArray[np.int64]:
        """Return the rows of the best texts, at most `limit`, best first, ties by row."""
        driving = self._asking.driving(asked)
        if not len(driving) or limit <= 0:
            return np.empty(0, dtype=np.int64)
        rows = self._postings.best(self._asking.factors(asked, driving), max(_ORDERED, 4 * limit))
        scores = self.shared_rarity(asked, rows) * self._length_factor[rows]
        best: NDArray[np.int64] = rows[np.lexsort((rows, -scores))[:limit]]
        return best

    def shared_rarity(self, asked: WeightedWords, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each row the sum of the weights of the words that it shares with the query."""
        return self._asking.shared_rarity(asked, *self._texts.terms_of(rows))
