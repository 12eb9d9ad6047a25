"""Arrays in files: written so that they survive a power cut, read by memory map."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def save_array(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array so that it survives a power cut."""
    with (folder / name).open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def map_array(folder: Path, name: str) -> NDArray[Any]:
    """Open the array of a file as a memory map, read-only; an empty one is read, since it cannot be mapped."""
    path = folder / name
    mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    # A plain view spares the bookkeeping of np.memmap in every slice.
    return mapped.view(np.ndarray)
