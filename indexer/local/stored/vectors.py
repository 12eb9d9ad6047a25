"""Nearest neighbours among the vectors of the reference."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.local.stored.neighbours import Lists, Neighbours, write_neighbours
from address_match.indexer.search.kth_largest import kth_largest
from address_match.indexer.search.quantisation import cosines_of_products, quantise
from address_match.indexer.storage.arrays import map_array, save_array

_FILE = "vectors.npy"
COMPARED_ONE_BY_ONE = 20_000
"""Up to so many texts every vector is compared: half a millisecond at most."""
_OVERSAMPLING = 4
_CHUNK_OF_QUERIES = 32
"""Queries whose neighbours are compared together: the vectors of these stay in the cache."""

Compared = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows near to some queries, shape (queries, rows), -1 for none; and the products of the vectors, -inf for none."""


def write_vectors(
    folder: Path, vectors: NDArray[np.int8], codes: NDArray[np.uint64], before: Lists | None = None
) -> None:
    """Write the vectors in their final order, and when they are many their lists as `write_neighbours` does."""
    save_array(folder, _FILE, vectors)
    if len(vectors) > COMPARED_ONE_BY_ONE:
        write_neighbours(folder, vectors, codes, before)


def mapped_vectors(folder: Path) -> NDArray[np.int8]:
    """Return the vectors in their order, shape (texts, dimensions), memory-mapped."""
    vectors: NDArray[np.int8] = map_array(folder, _FILE)
    return vectors


class VectorStore:
    """The vectors of the reference, memory-mapped."""

    def __init__(self, folder: Path, probes: int | None = None) -> None:
        self.vectors = mapped_vectors(folder)
        """Shape (texts, dimensions)."""
        self._lists = Neighbours.open(folder, probes)
        self._all = self.vectors.astype(np.float32) if self._lists is None else None

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def cosines_with_each(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each rounded query, shape (rows, dimensions), with its row of the reference."""
        products: NDArray[np.float32] = np.einsum("ij,ij->i", self.vectors[rows].astype(np.float32), queries)
        return cosines_of_products(products)

    def search(self, vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and rows of the nearest texts, shapes (queries, k), ties by row; -1 where fewer are held."""
        queries = quantise(vectors).astype(np.float32)
        cosines = np.full((len(queries), k), -1.0, dtype=np.float32)
        rows = np.full((len(queries), k), -1, dtype=np.int64)
        with_features = np.flatnonzero(queries.any(axis=1))
        done = 0
        for found, products in self._compared(queries[with_features], k):
            order = np.lexsort((found, -products))[:, :k]
            filled = np.ix_(with_features[done : done + len(found)], np.arange(order.shape[1]))
            near = cosines_of_products(np.take_along_axis(products, order, axis=1))
            cosines[filled] = np.maximum(near, -1)
            rows[filled] = np.take_along_axis(found, order, axis=1)
            done += len(found)
        return cosines, rows

    def _compared(self, queries: NDArray[np.float32], k: int) -> Iterator[Compared]:
        """Yield for some queries after the other what they are compared with, the k nearest among it."""
        if self._lists is not None:
            near = self._lists.near(queries, k * _OVERSAMPLING)
            for start in range(0, len(queries), _CHUNK_OF_QUERIES):
                some = slice(start, start + _CHUNK_OF_QUERIES)
                yield near[some], self._products(queries[some], near[some])
        elif self._all is not None:
            for start in range(0, len(queries), _CHUNK_OF_QUERIES):
                for products in queries[start : start + _CHUNK_OF_QUERIES] @ self._all.T:
                    rows = np.flatnonzero(products >= kth_largest(products, k))
                    yield rows[None, :], products[rows][None, :]

    def _products(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the products of each query with its own rows, shape (queries, rows)."""
        vectors = self.vectors[rows.ravel()].astype(np.float32).reshape(*rows.shape, -1)
        products: NDArray[np.float32] = np.matmul(vectors, queries[:, :, None])[:, :, 0]
        products[rows < 0] = -np.inf
        return products
