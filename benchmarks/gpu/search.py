"""How many queries a second find their nearest neighbours, on each device, among a million vectors and among many more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.ports import VectorSearch
from address_match.models.devices import CPU
from address_match.models.search.exact import ExactSearch
from benchmarks.harness.cost import timed

NEIGHBOURS = 30
"""The quota of the dense channel."""
BATCHES = (1, 2_048)
"""One query by itself, and about as many as `match` asks at once."""
ROUNDS = 3
"""The median of so many is given."""
COMPARED = 64
"""Queries whose answers are held against the exact ones."""
_PRODUCTS_OF_A_ROUND = {"cpu": 1e8, "cuda": 8e10}
"""Pairs of query and vector that keep a device busy for a second or so."""
_FEWEST_TOGETHER = 64
"""Fewer queries at once would measure how vectors are fetched, not how they are compared."""


@dataclass(frozen=True, slots=True)
class SearchRate:
    """How quickly one way of searching answers."""

    way: str
    vectors: int
    batch: int
    """Queries at once."""
    queries_a_second: float
    """Of the core on the CPU, of the clock on a GPU."""
    recall: float | None
    """Share of the exact neighbours that are found; None where no exact answer is at hand to compare with."""


def search_rates(
    way: str,
    search: VectorSearch,
    vectors: int,
    queries: NDArray[np.float32],
    device: str,
    truth: NDArray[np.float32] | None = None,
) -> Iterator[SearchRate]:
    """Measure a search over so many vectors at each size of batch.

    `truth` holds the exact cosines of the first `COMPARED` queries, best first.
    """
    recall = (
        None if truth is None else recall_against(truth, search.search(queries[:COMPARED], NEIGHBOURS)[0])
    )
    most = max(1, int(_PRODUCTS_OF_A_ROUND[device.partition(":")[0]] / vectors))
    search.search(queries[:1], NEIGHBOURS)
    for batch in BATCHES:
        asked = queries[: max(min(batch, _FEWEST_TOGETHER), min(most, 16 * batch))]
        rates = [len(asked) / _seconds(search, asked, batch, device) for _ in range(ROUNDS)]
        yield SearchRate(way, vectors, min(batch, len(asked)), float(np.median(rates)), recall)


def _seconds(search: VectorSearch, queries: NDArray[np.float32], batch: int, device: str) -> float:
    with timed() as watch:
        for first in range(0, len(queries), batch):
            search.search(queries[first : first + batch], NEIGHBOURS)
    return watch.cpu_seconds if device == CPU else watch.wall_seconds


def recall_against(truth: NDArray[np.float32], cosines: NDArray[np.float32]) -> float:
    """Return the share of found cosines that are as good as the last of the exact ones, so that ties count."""
    return float((cosines >= truth[:, -1:] - 1e-6).mean())


def exact_cosines(vectors: NDArray[np.int8], queries: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the exact cosines of the first queries with their nearest vectors, best first."""
    return ExactSearch(vectors).search(queries[:COMPARED], NEIGHBOURS)[0]


@contextmanager
def tiled(vectors: NDArray[np.int8], rows: int, folder: Path) -> Iterator[NDArray[np.int8]]:
    """Repeat vectors until there are `rows`, in a file that is mapped and removed in the end.

    Each repetition turns the dimensions round by one more, so that no vector is there twice.
    """
    with TemporaryDirectory(prefix="vectors-", dir=folder) as place:
        path = Path(place) / "vectors.npy"
        many = np.lib.format.open_memmap(path, mode="w+", dtype=np.int8, shape=(rows, vectors.shape[1]))
        for turn, start in enumerate(range(0, rows, len(vectors))):
            stop = min(start + len(vectors), rows)
            many[start:stop] = np.roll(vectors[: stop - start], turn, axis=1)
        many.flush()
        del many
        yield np.load(path, mmap_mode="r")
