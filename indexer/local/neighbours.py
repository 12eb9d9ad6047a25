"""The lists into which the vectors of a large reference are divided, so that a query is compared with those of a few lists only.

faiss keeps them: each vector belongs to the list of its nearest centre, and stands there as four bits for each pair of its
numbers: two for each of them. What is found in this way is compared again by the vectors themselves (`address_match.indexer.local.vectors`).
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

_FILE = "neighbours.faiss"
_TRAINING_VECTORS_A_LIST = 40
_ROWS_AT_ONCE = 65_536
_QUERIES_AT_ONCE = 1_024
"""Queries that read a list together while it is in the cache; alone each costs three times as much."""
_SEED = 1
_LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510])
"""Where four values stand best for numbers of a normal distribution, in standard deviations (Max 1960, Quantizing for minimum distortion).

Each number of a vector is a sum over many words, and so distributed. To learn sixteen pairs of each two of them finds no more
neighbours and took four fifths of the time to divide 40,000 vectors.
"""
_STEPS_OF_A_CENTRE = 65_536.0
"""Centres are unit vectors; rounded to so many steps, their products with a query of whole numbers are exact."""


def lists_for(texts: int) -> int:
    """Return the number of lists into which so many vectors are divided: about the square root, a power of two."""
    return int(2 ** round(np.log2(max(np.sqrt(texts), 16))))


def write_neighbours(folder: Path, vectors: NDArray[np.int8]) -> None:
    """Divide the vectors, shape (texts, dimensions), into lists and write these."""
    # Serialised in memory so that a full disk is an OSError with a name, as everywhere else.
    content = faiss.serialize_index(_divided(vectors))
    with (folder / _FILE).open("wb") as file:
        file.write(content.tobytes())


def _divided(vectors: NDArray[np.int8]) -> faiss.Index:
    texts, dimensions = vectors.shape
    lists = lists_for(texts)
    pieces = dimensions // 2
    sample = np.random.default_rng(_SEED).choice(
        texts, min(texts, lists * _TRAINING_VECTORS_A_LIST), replace=False
    )
    training = vectors[np.sort(sample)].astype(np.float32)
    quantiser = faiss.IndexFlatIP(dimensions)
    index = faiss.IndexIVFPQFastScan(quantiser, dimensions, lists, pieces, 4, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = 8
    index.cp.seed = _SEED
    faiss.Clustering(dimensions, lists, index.cp).train(training, quantiser)
    faiss.copy_array_to_vector(_pairs_of_levels(training).ravel(), index.pq.centroids)
    index.is_trained = True
    for start in range(0, texts, _ROWS_AT_ONCE):
        index.add(vectors[start : start + _ROWS_AT_ONCE].astype(np.float32))
    return index


def _pairs_of_levels(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each two numbers of a vector the sixteen pairs that may stand for them, shape (dimensions / 2, 16, 2)."""
    levels = vectors.mean(axis=0)[:, None] + vectors.std(axis=0)[:, None] * _LEVELS
    first, second = np.broadcast_arrays(levels[0::2, :, None], levels[1::2, None, :])
    return np.stack([first, second], axis=-1).reshape(-1, 16, 2).astype(np.float32)


class Neighbours:
    """Finds what is near to a query in the lists of the centres that are nearest to it."""

    def __init__(self, index: faiss.Index, probes: int | None = None) -> None:
        self._index = _rounded(index)
        self._index.nprobe = probes or max(16, self._index.nlist // 64)

    @classmethod
    def open(cls, folder: Path, probes: int | None = None) -> "Neighbours | None":
        """Open the lists of a folder, of which a query looks into `probes`; None where there are none."""
        file = folder / _FILE
        return cls(faiss.read_index(str(file)), probes) if file.exists() else None

    def near(self, queries: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """Return rows near to each query of rounded numbers, shape (queries, count); -1 where fewer are found.

        What is found for a query does not depend on the others: the products with the centres are exact, and the
        lists are read in one order, whatever the query.
        """
        rows = np.empty((len(queries), count), dtype=np.int64)
        for start in range(0, len(queries), _QUERIES_AT_ONCE):
            some = slice(start, start + _QUERIES_AT_ONCE)
            rows[some] = self._index.search(queries[some], count)[1]
        return rows


def _rounded(index: Any) -> Any:
    """Round the centres, so that the order in which a product is summed up does not choose between two lists."""
    centres = index.quantizer.reconstruct_n(0, index.nlist)
    index.quantizer.reset()
    index.quantizer.add(np.rint(centres * _STEPS_OF_A_CENTRE) / np.float32(_STEPS_OF_A_CENTRE))
    return index
