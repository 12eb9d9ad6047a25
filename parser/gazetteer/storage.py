"""The files of a gazetteer: plain arrays, opened by memory map."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from address_match.parser.errors import GazetteerFileError
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.near_names import NearNames
from address_match.parser.gazetteer.word_list import WordList

_LETTERS, _ENDS, _SHARES, _SIZES, _BEGINS, _HASHES, _FIELDS, _KEYS, _PLACES = (
    "letters",
    "ends",
    "shares",
    "sizes",
    "begins",
    "name_hashes",
    "name_fields",
    "near_keys",
    "near_places",
)


def save_gazetteer(gazetteer: Gazetteer, folder: Path) -> None:
    """Write a gazetteer into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.NDArray[Any]] = {
        _LETTERS: gazetteer.words.letters,
        _ENDS: gazetteer.words.ends,
        _SHARES: gazetteer.word_shares,
        _SIZES: gazetteer.word_sizes,
        _BEGINS: gazetteer.begins,
        _HASHES: gazetteer.name_hashes,
        _FIELDS: gazetteer.name_fields,
        _KEYS: gazetteer.near_names.keys,
        _PLACES: gazetteer.near_names.places,
    }
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)


def open_gazetteer(folder: Path) -> Gazetteer:
    """Open a saved gazetteer; raises GazetteerFileError when a file is missing or damaged."""
    words = WordList(_mapped(folder, _LETTERS), _mapped(folder, _ENDS))
    try:
        return Gazetteer(
            words=words,
            word_shares=_mapped(folder, _SHARES),
            word_sizes=_mapped(folder, _SIZES),
            begins=_mapped(folder, _BEGINS),
            name_hashes=_mapped(folder, _HASHES),
            name_fields=_mapped(folder, _FIELDS),
            near_names=NearNames(_mapped(folder, _KEYS), _mapped(folder, _PLACES)),
        )
    except ValueError as error:
        raise GazetteerFileError(f"the gazetteer in {folder} is damaged: {error}") from error


def _mapped(folder: Path, name: str) -> npt.NDArray[Any]:
    try:
        array: npt.NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise GazetteerFileError(
            f"the gazetteer in {folder} cannot be read: {error}. Build its index anew"
        ) from error
    # A plain view spares the bookkeeping of np.memmap in every slice.
    return array.view(np.ndarray)
