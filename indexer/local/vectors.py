"""Nearest neighbours among the vectors of the reference.

Vectors are kept as whole numbers, the unit vector times 127. Queries are rounded in the same way: sums of
products of such numbers are exact in single precision up to 1,040 dimensions, so an answer depends neither on the
order of the sums nor on the other queries of a batch.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.local.layout import NEIGHBOURS, VECTORS, map_array, save_array

SCALE = 127.0
COMPARED_ONE_BY_ONE = 20_000
"""Up to so many texts every vector is compared: half a millisecond at most."""
_TRAINING_VECTORS_A_LIST = 40
_PIECE_CENTROIDS = 16
_OVERSAMPLING = 4
_CHUNK_OF_QUERIES = 64
_ROWS_AT_ONCE = 65_536


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Round unit vectors times 127 to whole numbers."""
    rounded: NDArray[np.int8] = np.rint(np.clip(vectors * SCALE, -127, 127)).astype(np.int8)
    return rounded


def lists_for(texts: int) -> int:
    """Return the number of lists into which so many vectors are divided: about the square root, a power of two."""
    return int(2 ** round(np.log2(max(np.sqrt(texts), 16))))


def write_vectors(folder: Path, vectors: NDArray[np.int8], seed: int = 1) -> None:
    """Write the vectors in their final order, and the lists of neighbours when they are many."""
    save_array(folder, VECTORS, vectors)
    if len(vectors) > COMPARED_ONE_BY_ONE:
        index = _divide(vectors, seed)
        # Serialised in memory so that a full disk is an OSError with a name, as everywhere else.
        content = faiss.serialize_index(index)
        with (folder / NEIGHBOURS).open("wb") as file:
            file.write(content.tobytes())


def _divide(vectors: NDArray[np.int8], seed: int) -> faiss.Index:
    texts, dimensions = vectors.shape
    lists = lists_for(texts)
    pieces = dimensions // 2
    sample = np.random.default_rng(seed).choice(
        texts, min(texts, lists * _TRAINING_VECTORS_A_LIST), replace=False
    )
    training = vectors[np.sort(sample)].astype(np.float32)
    quantiser = faiss.IndexFlatIP(dimensions)
    index = faiss.IndexIVFPQFastScan(quantiser, dimensions, lists, pieces, 4, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = 8
    index.cp.seed = seed
    index.train(training)
    for start in range(0, texts, _ROWS_AT_ONCE):
        index.add(vectors[start : start + _ROWS_AT_ONCE].astype(np.float32))
    return index


class VectorStore:
    """The vectors of the reference, memory-mapped."""

    def __init__(self, folder: Path, probes: int | None = None) -> None:
        self.vectors: NDArray[np.int8] = map_array(folder, VECTORS)
        """Shape (texts, dimensions)."""
        self._index: Any = None
        self._all: NDArray[np.float32] | None = None
        if (folder / NEIGHBOURS).exists():
            self._index = faiss.read_index(str(folder / NEIGHBOURS))
            self._index.nprobe = probes or max(16, self._index.nlist // 64)
        else:
            self._all = self.vectors.astype(np.float32)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def cosines(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosines of one rounded query, shape (dimensions,), with rows of the reference."""
        products: NDArray[np.float32] = self.vectors[rows].astype(np.float32) @ query
        return products / np.float32(SCALE * SCALE)

    def cosines_with_each(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each rounded query, shape (rows, dimensions), with its row of the reference."""
        products: NDArray[np.float32] = np.einsum("ij,ij->i", self.vectors[rows].astype(np.float32), queries)
        return products / np.float32(SCALE * SCALE)

    def search(self, vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and rows of the nearest texts, shapes (queries, k), ties by row; -1 where fewer are held."""
        queries = quantise(vectors).astype(np.float32)
        cosines = np.full((len(queries), k), -1.0, dtype=np.float32)
        rows = np.full((len(queries), k), -1, dtype=np.int64)
        for start in range(0, len(queries), _CHUNK_OF_QUERIES):
            chunk = queries[start : start + _CHUNK_OF_QUERIES]
            for position, (found, near) in enumerate(self._nearest(chunk, k), start):
                cosines[position, : len(near)] = near
                rows[position, : len(found)] = found
        return cosines, rows

    def _nearest(
        self, queries: NDArray[np.float32], k: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """Yield rows and cosines of the k nearest of each query, best first; none for a query of zeros."""
        products = queries @ self._all.T if self._all is not None else None
        for position, query in enumerate(queries):
            if not query.any():
                yield np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
                continue
            if products is not None:
                near = products[position]
                rows = (
                    np.arange(len(near)) if len(near) <= k else np.flatnonzero(near >= _kth_largest(near, k))
                )
                near = near[rows] / np.float32(SCALE * SCALE)
            else:
                # One query at a time: the scan of a batch may break ties otherwise than that of one.
                _, found = self._index.search(query[None, :], k * _OVERSAMPLING)
                rows = found[0][found[0] >= 0]
                near = self.cosines(query, rows)
            order = np.lexsort((rows, -near))[:k]
            yield rows[order], near[order]


def _kth_largest(values: NDArray[np.float32], k: int) -> np.float32:
    threshold: np.float32 = np.partition(values, len(values) - k)[len(values) - k]
    return threshold
