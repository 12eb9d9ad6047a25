"""How each search for neighbours is made over vectors of whole numbers, for the suite that all must pass."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from address_match.indexer.local.stored.vectors import VectorStore, write_vectors
from address_match.indexer.ports import VectorSearch
from address_match.models.search.exact import ExactSearch

Make = Callable[[NDArray[np.int8], Path], VectorSearch]


@dataclass(frozen=True, slots=True)
class Kind:
    """An implementation, and how much of the truth it promises to find."""

    make: Make
    recall: float


def _faiss(vectors: NDArray[np.int8], folder: Path) -> VectorSearch:
    codes = np.random.default_rng(0).permutation(len(vectors)).astype(np.uint64)
    write_vectors(folder, vectors, codes)
    return VectorStore(folder)


def _exact(vectors: NDArray[np.int8], _: Path) -> VectorSearch:
    return ExactSearch(vectors)


def _exact_in_half_precision(vectors: NDArray[np.int8], _: Path) -> VectorSearch:
    """The arithmetic of a GPU, on the CPU."""
    return ExactSearch(vectors, score_type=torch.float16)


def _exact_on_a_gpu(vectors: NDArray[np.int8], _: Path) -> VectorSearch:
    return ExactSearch(vectors, device="cuda")


SEARCHES: dict[str, Kind] = {
    "faiss": Kind(_faiss, 0.98),
    "torch": Kind(_exact, 1.0),
    "torch, half precision": Kind(_exact_in_half_precision, 0.999),
}
if torch.cuda.is_available():
    SEARCHES["torch, GPU"] = Kind(_exact_on_a_gpu, 0.999)
