"""The files of one generation of an embedded index."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TEXTS = "texts.arrow"
VECTORS = "vectors.npy"
NEIGHBOURS = "neighbours.faiss"
"""Absent in a small index, whose vectors are compared one by one."""
WORDS = "words.arrow"
TERM_IDS = "term_ids.npy"
TERM_COUNTS = "term_counts.npy"
POSTINGS = "postings"
"""A folder: the index of tantivy over the words."""
TEXT_OFFSETS = "text_offsets.npy"
TEXT_TERMS = "text_terms.npy"
TRIGRAM_IDS = "trigram_ids.npy"
TRIGRAM_OFFSETS = "trigram_offsets.npy"
TRIGRAM_TERMS = "trigram_terms.npy"
POSTCODES = "postcodes.npy"
POSTCODE_OFFSETS = "postcode_offsets.npy"
UPRN_IDS = "uprn_ids.npy"
UPRN_ROWS = "uprn_rows.npy"
NAMES = "names"
"""A folder: the gazetteer."""


def save_array(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array so that it survives a power cut."""
    with (folder / name).open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def map_array(folder: Path, name: str) -> NDArray[Any]:
    """Open an array as a memory map; an empty one is read."""
    path = folder / name
    mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    # A plain view spares the bookkeeping of np.memmap in every slice.
    return mapped.view(np.ndarray)
