from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
"""Both as in Lucene."""

TermsOf = Callable[[str], Iterable[str]]


class Bm25:
    """Exact BM25 over the distinct terms of texts: every text that shares a term is scored."""

    def __init__(self, texts: Sequence[str], terms_of: TermsOf) -> None:
        self._terms_of = terms_of
        self._places: dict[str, int] = {}
        found = [[self._places.setdefault(t, len(self._places)) for t in terms_of(text)] for text in texts]
        lengths = np.array([len(terms) for terms in found])
        flat = np.fromiter((term for terms in found for term in terms), np.int64, lengths.sum())
        order = np.argsort(flat, kind="stable")
        self._rows = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[order]
        counts = np.bincount(flat, minlength=len(self._places))
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts
        self._rarity = np.log1p((len(texts) - counts + 0.5) / (counts + 0.5)).astype(np.float32)
        # Each term stands in a text once, so that the length of the text alone is left of the saturation.
        self._weight = ((K1 + 1) / (1 + K1 * (1 - B + B * lengths / lengths.mean()))).astype(np.float32)

    def search(self, texts: Sequence[str], k: int) -> NDArray[np.int64]:
        """Return the rows of the best texts for each, shape (texts, k), ties by row; -1 where no other shares a term."""
        return np.stack([self._best(text, k) for text in texts])

    def _best(self, text: str, k: int) -> NDArray[np.int64]:
        scores = np.zeros(len(self._weight), np.float32)
        for term in self._terms_of(text):
            place = self._places.get(term)
            if place is not None:
                scores[self._rows[self._starts[place] : self._ends[place]]] += self._rarity[place]
        scores *= self._weight
        near = np.argpartition(-scores, k)[:k] if k < len(scores) else np.arange(len(scores))
        near = near[scores[near] > 0]
        best = np.full(k, -1, np.int64)
        best[: len(near)] = near[np.lexsort((near, -scores[near]))]
        return best
