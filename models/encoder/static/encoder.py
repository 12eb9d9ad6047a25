"""The static encoder as it serves: numpy and scipy, no torch."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.static.features import FeatureReader
from address_match.models.encoder.static.table import FeatureTable, load_table
from address_match.models.encoder.static.word_rows import rows_of_words
from address_match.models.errors import EncoderError
from address_match.parser.tokens import words_of

CHUNK = 512
"""Texts that are read at a time: their word vectors stay in the processor's cache."""
WORDS_KEPT = 32_768
"""Distinct words whose vectors are kept, 1 KiB each at 256 dimensions; then all are forgotten."""

FEW_ROWS = 256
"""So many rows, those of an address and of its words, are summed text by text. A sparse product of more needs the whole
table in full and SciPy: a sixth of a second to begin with, and a tenth of a gigabyte.
"""


class StaticEncoder:
    """Sums learned rows over the features of a text and scales the sum to length one.

    One object may serve several threads: they take turns.
    """

    def __init__(
        self, table: FeatureTable, *, dimensions: int | None = None, words_kept: int = WORDS_KEPT
    ) -> None:
        wanted = table.dimensions if dimensions is None else dimensions
        if not 0 < wanted <= table.dimensions:
            raise EncoderError(
                f"{wanted} dimensions were asked for; the encoder has 1 to {table.dimensions}."
            )
        self._rows = _LearnedRows(table, wanted)
        suffix = "" if wanted == table.dimensions else f":{wanted}"
        self._fingerprint = table.fingerprint() + suffix
        self._reader = FeatureReader()
        self._word_vectors = np.zeros((1024, wanted), np.float32)
        self._words_summed = 0
        self._words_kept = words_kept
        self._turn = Lock()

    @classmethod
    def load(cls, directory: Path, *, dimensions: int | None = None) -> Self:
        """Load an encoder's directory; fewer dimensions cut its vectors (128 and 64 were trained for that).

        Raises `EncoderError` when the directory cannot be served.
        """
        return cls(load_table(directory), dimensions=dimensions)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._rows.dimensions

    @property
    def fingerprint(self) -> str:
        """Names the weights, the way texts are read and, where they are cut, the dimensions."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions); a text without features gives a row of zeros."""
        return self.encode_words([words_of(text).texts for text in texts])

    def encode_words(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Encode texts given by their words as `address_match.parser.tokens.words_of` parts them; the vectors are those
        of `encode`.
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            with self._turn:
                vectors[start : start + len(chunk)] = self._sums(chunk)
        return _to_unit_length(vectors)

    def _sums(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        if len(self._reader.words) > self._words_kept:
            self._reader.forget()
            self._words_summed = 0
        features = self._reader.read_words(texts)
        self._sum_new_words()
        ones = np.ones(len(features.words), np.float32)
        known = self._word_vectors[: self._words_summed]
        sums = _weighted_sums(ones, features.words, features.word_starts, known)
        sums += self._rows.weighted_sums(features.weights, features.rows, features.row_starts)
        return sums

    def _sum_new_words(self) -> None:
        new = self._reader.words[self._words_summed :]
        if not new:
            return
        wanted = self._words_summed + len(new)
        if wanted > len(self._word_vectors):
            grown = np.zeros((max(wanted, 2 * len(self._word_vectors)), self.dimensions), np.float32)
            grown[: self._words_summed] = self._word_vectors[: self._words_summed]
            self._word_vectors = grown
        found = rows_of_words(new)
        self._word_vectors[self._words_summed : wanted] = self._rows.weighted_sums(
            found.weights, found.rows, found.starts
        )
        self._words_summed = wanted


class _LearnedRows:
    """The rows of a table, cut to their first dimensions: in eight bits, and in full from the first time that many are
    summed.
    """

    def __init__(self, table: FeatureTable, dimensions: int) -> None:
        self.dimensions = dimensions
        self._levels, self._scale = table.levels[:, :dimensions], table.scale[:dimensions]
        self._in_full: NDArray[np.float32] | None = None

    def weighted_sums(
        self, weights: NDArray[np.float32], rows: NDArray[np.int64], starts: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the sums of some rows for each text, the same whether many are summed or few."""
        if self._in_full is None and _are_few(rows, starts):
            return _sums_text_by_text(weights, self._levels[rows] * self._scale, starts)
        if self._in_full is None:
            self._in_full = self._levels * self._scale
        return _weighted_sums(weights, rows, starts, self._in_full)


def _are_few(rows: NDArray[np.int64], starts: NDArray[np.int64]) -> bool:
    return len(starts) == 2 or len(rows) <= FEW_ROWS


def _sums_text_by_text(
    weights: NDArray[np.float32], picked: NDArray[np.float32], starts: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Sum rows, which are overwritten, in the order of a sparse product: the sums are the same to the bit."""
    picked *= weights[:, None]
    sums = np.empty((len(starts) - 1, picked.shape[1]), np.float32)
    for text, (start, end) in enumerate(pairwise(starts.tolist())):
        np.add.reduce(picked[start:end], axis=0, out=sums[text])
    return sums


def _weighted_sums(
    weights: NDArray[np.float32],
    rows: NDArray[np.int64],
    starts: NDArray[np.int64],
    table: NDArray[np.float32],
) -> NDArray[np.float32]:
    if _are_few(rows, starts):
        return _sums_text_by_text(weights, table[rows], starts)
    from scipy.sparse import csr_array  # a tenth of a second, which one address needs not

    chosen = csr_array((weights, rows, starts), shape=(len(starts) - 1, len(table)))
    sums: NDArray[np.float32] = chosen @ table
    return sums


def _to_unit_length(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1
    vectors /= lengths[:, None]
    return vectors
