"""The words of the reference, and how many texts hold each."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.ascending import places_among
from address_match.indexer.storage.arrays import map_array, save_array

TERM_IDS = "term_ids.npy"
_WORDS = "words.arrow"
_COUNTS = "term_counts.npy"


def write_vocabulary(
    folder: Path, words: list[str], term_ids: NDArray[np.int64], counts: NDArray[np.int64]
) -> None:
    """Write the words, ascending by their term ids, and how many texts hold each."""
    table = pa.table({"word": pa.array(words, pa.string())})
    with pa.OSFile(str(folder / _WORDS), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    save_array(folder, TERM_IDS, term_ids)
    save_array(folder, _COUNTS, counts)


class Vocabulary:
    """The words of the reference and how many texts hold each; satisfies `TermStatistics`."""

    def __init__(self, folder: Path, texts: int) -> None:
        self._file = pa.memory_map(str(folder / _WORDS))
        self.words: pa.StringArray = pa.ipc.open_file(self._file).read_all().column("word").combine_chunks()
        """The word at each position."""
        self._bounds, self._letters = _letters_of(self.words)
        self._ids: NDArray[np.int64] = map_array(folder, TERM_IDS)
        self._counts: NDArray[np.int64] = map_array(folder, _COUNTS)
        self._texts = texts
        self.rarity: NDArray[np.float32] = np.log1p(
            (texts - self._counts + 0.5) / (self._counts + 0.5)
        ).astype(np.float32)
        """BM25's inverse document frequency of each word."""

    @property
    def texts(self) -> int:
        """Number of texts in the reference."""
        return self._texts

    def __len__(self) -> int:
        return len(self._ids)

    def positions(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the position of each word, -1 for one that the reference does not know."""
        places, found = places_among(term_ids, self._ids)
        return np.where(found, places, -1)

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each word the number of texts that hold it."""
        found = self.positions(term_ids)
        if not len(self._ids):
            return np.zeros(len(term_ids), dtype=np.int64)
        return np.where(found >= 0, self._counts[found], 0)

    def spelled(self, positions: NDArray[np.int64]) -> list[str]:
        """Return the words at some positions."""
        # A few strings are picked out of their letters ten times as soon as Arrow's `take` and `to_pylist` give them.
        starts, ends = self._bounds[positions].tolist(), self._bounds[positions + 1].tolist()
        letters = self._letters
        return [letters[start:end].decode() for start, end in zip(starts, ends, strict=True)]

    def pooled_rarity(self, positions: NDArray[np.int64]) -> float:
        """Return the inverse document frequency that several words would have as one."""
        held = min(int(self._counts[positions].sum()), self._texts)
        return float(np.log1p((self._texts - held + 0.5) / (held + 0.5)))

    def count(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many texts hold the word at each of the positions, in their shape."""
        counts: NDArray[np.int64] = self._counts[positions]
        return counts

    def close(self) -> None:
        """Give the memory map back."""
        self.words = pa.array([], pa.string())
        self._file.close()


def _letters_of(words: pa.StringArray) -> tuple[NDArray[np.int32], bytes]:
    """Return where each word begins and the last one ends, shape (words + 1,), and the bytes of all."""
    _, bounds, letters = words.buffers()
    if not len(words):
        return np.zeros(1, dtype=np.int32), b""
    starts = np.frombuffer(bounds, np.int32, len(words) + 1, words.offset * np.dtype(np.int32).itemsize)
    return starts, letters.to_pybytes()
