"""The lists into which the vectors of a large reference are divided, so that a query is compared with those of a few
lists only.

Each vector belongs to the list of its nearest centre, which is the vector of some text: nothing is learned, so that a
change moves only centres that come or go. faiss searches the lists, in which each number of a vector stands as two
bits. What is found in this way is compared again by the vectors themselves (`address_match.indexer.local.stored.vectors`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from address_match.ragged import bounds_of

_FILE = "neighbours.faiss"
_LISTS_OF_A_ROOT = 4
"""Lists by the square root of the texts: with so many, centres that are texts find more than half or a quarter as many
learned ones.
"""
_MOST_LISTS = 4096
"""Lists at most, unless the root itself is more: to find the nearest centre is what it takes to divide texts."""
_LEAST_PROBES = 64
_PROBED = 64
"""One list in so many is looked into."""
_ROWS_AT_ONCE = 2_048
"""Texts that are compared with all centres at once: with 4,096 of these, their products take 34 MB, and stay in the cache."""
_QUERIES_AT_ONCE = 1_024
"""Queries that read a list together while it is in the cache; alone each costs three times as much."""
_FEW_QUERIES = 256
"""Queries up to which centres of one byte a number, which are read from memory in a quarter of the time, are compared
sooner than those of four.
"""
_LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510])
"""Where four values stand best for numbers of a normal distribution, in standard deviations (Max 1960, Quantizing for
minimum distortion).

Each number of a vector is a sum over many words, and so distributed.
"""
_STEPS_OF_A_CENTRE = 65_536.0
"""Centres that an earlier release learned are unit vectors; rounded to so many steps, their products with a query of
whole numbers are exact.
"""
_FOUR_BYTES = np.dtype("<u4")
_TO_THEIR_PLACES = np.uint32((1 << 26) | (1 << 16) | (1 << 14) | (1 << 4))
"""Times four bytes of two bits each, it writes all of these into the last byte: the second, the first, the fourth and the
third from the lowest bits up. The number of a pair is that of its first level times four and that of its second; the
first pair stands in the lower bits.
"""
_LAST_BYTE = np.uint32(24)
_BLOCK = 32
"""Texts that faiss compares together; a list ends with places for none."""
_IN_A_BLOCK = np.array([0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15])
"""The order in which it packs the half of them whose codes stand in the lower four bits."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Into which lists texts were divided."""

    centres: NDArray[np.int8]
    """Shape (lists, dimensions)."""
    of_each: NDArray[np.int64]
    """The list of each text, that of the first of its nearest centres; -1 of a text that is in none yet."""


def lists_for(texts: int) -> int:
    """Return the number of lists into which so many vectors are divided, a power of two."""
    root = int(2 ** round(np.log2(max(np.sqrt(texts), 16))))
    return max(root, min(_LISTS_OF_A_ROOT * root, _MOST_LISTS))


def write_neighbours(
    folder: Path, vectors: NDArray[np.int8], codes: NDArray[np.uint64], before: Lists | None = None
) -> None:
    """Divide the vectors, shape (texts, dimensions), into lists and write these.

    `codes` are hashes of the texts, of which the least name the centres. `before` says how these texts were divided, of any centres:
    what comes out is the same, and takes as long as centres are others.
    """
    lists = _divided(vectors, _centres(vectors, codes), before)
    # Serialised in memory so that a full disk is an OSError with a name, as everywhere else.
    content = faiss.serialize_index(_searchable(vectors, lists))
    with (folder / _FILE).open("wb") as file:
        file.write(content.tobytes())


def read_lists(folder: Path, texts: int) -> Lists | None:
    """Return into which lists the texts of a folder were divided, None where there are none, or learned ones."""
    file = folder / _FILE
    index: Any = faiss.read_index(str(file)) if file.exists() else None
    if index is None:
        return None
    written = index.quantizer.reconstruct_n(0, index.nlist)
    centres = written.astype(np.int8)
    if not np.array_equal(centres, written):
        return None
    held = faiss.downcast_InvertedLists(index.invlists)
    of_each = np.empty(texts, dtype=np.int64)
    for number in range(index.nlist):
        if size := held.list_size(number):
            of_each[faiss.rev_swig_ptr(held.get_ids(number), size)] = number
    return Lists(centres, of_each)


def _centres(vectors: NDArray[np.int8], codes: NDArray[np.uint64]) -> NDArray[np.int8]:
    """Return the vectors of the texts with the least hashes, of each hash one, in the order of their numbers; a vector
    of zeros is none.
    """
    _, first = np.unique(codes, return_index=True)
    wanted = lists_for(len(vectors))
    chosen = first[:0]
    for start in range(0, len(first), wanted):  # hardly any has no words
        some = first[start : start + wanted]
        chosen = np.append(chosen, some[vectors[some].any(axis=1)])[:wanted]
        if len(chosen) == wanted:
            break
    return np.unique(vectors[chosen], axis=0)


def _divided(vectors: NDArray[np.int8], centres: NDArray[np.int8], before: Lists | None) -> Lists:
    """Give each text to the first of its nearest centres."""
    of_each = np.full(len(vectors), -1, dtype=np.int64)
    is_new = np.ones(len(centres), dtype=np.bool_)
    if before is not None:
        places = _places_among(before.centres, centres)
        of_each = np.where(before.of_each >= 0, places[before.of_each], -1)
        is_new[places[places >= 0]] = False
    new = np.flatnonzero(is_new)
    every, added = centres.astype(np.float32), centres[new].astype(np.float32)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        some = slice(start, start + _ROWS_AT_ONCE)
        rows, held = vectors[some].astype(np.float32), of_each[some]
        lost = held < 0
        held[lost] = (rows[lost] @ every.T).argmax(axis=1)
        if len(new) and not lost.all():
            # Products of whole numbers are exact, so that a tie is one and goes to the first.
            products = rows @ added.T
            best = products.argmax(axis=1)
            of_best, own = products[np.arange(len(rows)), best], np.einsum("ij,ij->i", rows, every[held])
            nearer = (of_best > own) | ((of_best == own) & (new[best] < held))
            held[nearer] = new[best[nearer]]
    return Lists(centres, of_each)


def _places_among(vectors: NDArray[np.int8], others: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return where each vector stands among the others, -1 where none of these is the same."""
    places = {vector.tobytes(): place for place, vector in enumerate(others)}
    return np.array([places.get(vector.tobytes(), -1) for vector in vectors], dtype=np.int64)


def _searchable(vectors: NDArray[np.int8], lists: Lists) -> Any:
    """Return what faiss searches."""
    dimensions = vectors.shape[1]
    centres = lists.centres.astype(np.float32)
    quantiser = faiss.IndexFlatIP(dimensions)
    quantiser.add(centres)
    index: Any = faiss.IndexIVFPQFastScan(
        quantiser, dimensions, len(centres), dimensions // 2, 4, faiss.METRIC_INNER_PRODUCT
    )
    levels = centres.mean(axis=0)[:, None] + centres.std(axis=0)[:, None] * _LEVELS
    faiss.copy_array_to_vector(_pairs_of_levels(levels).ravel(), index.pq.centroids)
    index.is_trained = True
    held = faiss.downcast_InvertedLists(index.invlists)
    order = np.argsort(lists.of_each, kind="stable")
    bounds = bounds_of(np.bincount(lists.of_each, minlength=len(centres)))
    codes = _codes(vectors, (levels[:, 1:] + levels[:, :-1]) / 2)
    for number, (start, end) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        if start == end:
            continue
        rows = order[start:end]
        packed = _packed(codes[rows])
        held.resize(number, len(rows))
        faiss.memcpy(held.get_ids(number), faiss.swig_ptr(rows), rows.nbytes)
        faiss.memcpy(held.get_codes(number), faiss.swig_ptr(packed), packed.nbytes)
    index.ntotal = len(vectors)
    return index


def _pairs_of_levels(levels: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return for each two numbers of a vector the sixteen pairs that may stand for them, shape (dimensions / 2, 16, 2)."""
    first, second = np.broadcast_arrays(levels[0::2, :, None], levels[1::2, None, :])
    return np.stack([first, second], axis=-1).reshape(-1, 16, 2).astype(np.float32)


def _codes(vectors: NDArray[np.int8], between: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return for each four numbers of a vector their levels as one byte, shape (texts, dimensions / 4).

    `between` are the bounds of the levels, shape (dimensions, 3).
    """
    bounds = np.floor(between).astype(np.int8).T
    codes = np.empty((len(vectors), -(-vectors.shape[1] // 4)), dtype=np.uint8)
    lacking = codes.shape[1] * 4 - vectors.shape[1]
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        some = vectors[start : start + _ROWS_AT_ONCE]
        level = (some > bounds[0]).view(np.uint8)
        for bound in bounds[1:]:
            level += (some > bound).view(np.uint8)
        four = np.pad(level, ((0, 0), (0, lacking))) if lacking else level
        codes[start : start + _ROWS_AT_ONCE] = four.view(_FOUR_BYTES) * _TO_THEIR_PLACES >> _LAST_BYTE
    return codes


def _packed(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return codes in the order in which faiss compares those of a block."""
    blocks = -(-len(codes) // _BLOCK)
    padded = np.zeros((blocks * _BLOCK, codes.shape[1]), dtype=np.uint8)
    padded[: len(codes)] = codes
    of_block = padded.reshape(blocks, _BLOCK, -1).transpose(0, 2, 1)
    halves = [
        part[..., _IN_A_BLOCK] | (part[..., _IN_A_BLOCK + _BLOCK // 2] << 4)
        for part in (of_block & 15, of_block >> 4)
    ]
    return np.ascontiguousarray(np.concatenate(halves, axis=2)).ravel()


class Neighbours:
    """Finds what is near to a query in the lists of the centres that are nearest to it."""

    def __init__(self, index: Any, probes: int | None = None) -> None:
        centres = index.quantizer.reconstruct_n(0, index.nlist)
        self._index = _rounded(index, centres)
        self._index.nprobe = probes or max(_LEAST_PROBES, self._index.nlist // _PROBED)
        self._centres_of_bytes = _of_bytes(centres)

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
            rows[some] = self._near(queries[some], count)
        return rows

    def _near(self, queries: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        if self._centres_of_bytes is None or len(queries) > _FEW_QUERIES:
            _, rows = self._index.search(queries, count)
        else:
            products, lists = self._centres_of_bytes.search(queries, self._index.nprobe)
            _, rows = self._index.search_preassigned(queries, count, lists, products)
        found: NDArray[np.int64] = rows
        return found


def _rounded(index: Any, centres: NDArray[np.float32]) -> Any:
    """Round the centres, so that the order in which a product is summed up does not choose between two lists."""
    index.quantizer.reset()
    index.quantizer.add(np.rint(centres * _STEPS_OF_A_CENTRE) / np.float32(_STEPS_OF_A_CENTRE))
    return index


def _of_bytes(centres: NDArray[np.float32]) -> Any:
    """Return centres of whole numbers as faiss searches them a byte each; None for learned ones."""
    if not np.array_equal(centres.astype(np.int8), centres):
        return None
    index: Any = faiss.IndexScalarQuantizer(
        centres.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )
    index.add(centres)
    return index
