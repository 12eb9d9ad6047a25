"""How often the right premises is among the first that a method finds, every method searching exactly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import terms, trigrams
from address_match.indexer.local.stored.vectors import VectorStore, write_vectors
from address_match.indexer.ports import Encoder
from address_match.indexer.search.quantisation import quantise
from address_match.models.search.exact import ExactSearch
from benchmarks.encoders.bm25 import Bm25
from benchmarks.encoders.corpus import NEVER, Corpus

CUTS = (1, 10, 50)
TEXTS_FOUND = 200
"""Enough for 50 premises, few of which have four texts."""
DIMENSIONS = (256, 128, 64)
"""The lengths to which vectors are cut, as far as an encoder has them."""

BM25 = "BM25"
TRIGRAMS = "trigrams"
FLOATS = "fp32"
WHOLE = "int8"
LISTS = "int8 in lists of faiss"


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one method found."""

    method: str
    """BM25, trigrams, or the name of an encoder."""
    dimensions: int
    """Of its vectors; 0 for a lexical method."""
    numbers: str
    """What a vector is made of: `FLOATS`, `WHOLE` or `LISTS`; empty for a lexical method."""
    ranks: NDArray[np.int64]
    """Shape (queries,): place of the first right premises, `NEVER` where it was not found."""

    def recall(self, cut: int, among: NDArray[np.bool_]) -> float | None:
        """Return the share of some queries whose premises is among the first `cut`; None of no queries."""
        ranks = self.ranks[among]
        return float(((ranks != NEVER) & (ranks <= cut)).mean()) if len(ranks) else None


def lexical_rankings(corpus: Corpus) -> Iterator[Ranking]:
    """Rank by the words of the embedded index, and by the trigrams of all its words."""
    for name, terms_of in ((BM25, terms), (TRIGRAMS, _all_trigrams)):
        rows = Bm25(corpus.texts, terms_of).search(corpus.asked, TEXTS_FOUND)
        yield Ranking(name, 0, "", corpus.ranks(rows))


def _all_trigrams(text: str) -> Iterable[str]:
    return dict.fromkeys(trigram for term in terms(text) for trigram in trigrams(term))


def dense_rankings(
    name: str, corpus: Corpus, encoder: Encoder, *, device: str, lengths: Sequence[int] = DIMENSIONS
) -> Iterator[Ranking]:
    """Rank by the vectors of an encoder, at every length that it has, in single precision and in whole numbers.

    The last ranking is that of the lists in which an index looks, the one search here that is not exact.
    """
    texts, asked = encoder.encode(corpus.texts), encoder.encode(corpus.asked)
    for length in lengths:
        if length > encoder.dimensions:
            continue
        held, queries = cut(texts, length), cut(asked, length)
        for numbers, vectors in ((FLOATS, held), (WHOLE, quantise(held))):
            _, rows = ExactSearch(vectors, device=device).search(queries, TEXTS_FOUND)
            yield Ranking(name, length, numbers, corpus.ranks(rows))
    with TemporaryDirectory(prefix="address-match-") as folder:
        codes = np.random.default_rng(0).permutation(len(texts)).astype(np.uint64)
        write_vectors(Path(folder), quantise(texts), codes)
        _, rows = VectorStore(Path(folder)).search(asked, TEXTS_FOUND)
    yield Ranking(name, encoder.dimensions, LISTS, corpus.ranks(rows))


def cut(vectors: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """Return the first numbers of vectors, scaled to length one again; zeros stay zeros."""
    short = np.ascontiguousarray(vectors[:, :length])
    norms = np.linalg.norm(short, axis=1, keepdims=True)
    norms[norms == 0] = 1
    short /= norms
    return short
