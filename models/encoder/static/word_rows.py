"""The rows of the table that words add up to: those of each word as a whole, then those of the characters in it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.static.hashing import GRAMS, lengthened, rows_of
from address_match.models.encoder.static.words import Word
from address_match.ragged import bounds_of, places_in_rows

_GRAM_LENGTHS = range(3, 6)
_GRAM_WEIGHT = 1.0


class WordRows(NamedTuple):
    """Features of words, a ragged array of a row per word (`address_match.ragged`)."""

    rows: NDArray[np.int64]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]
    """Bounds of the words, shape (words + 1,)."""

    def take(self, words: NDArray[np.int64]) -> "WordRows":
        """Return the features of some of the words, in their order."""
        chosen, starts = places_in_rows(self.starts, words)
        return WordRows(self.rows[chosen], self.weights[chosen], starts)


class Grams(NamedTuple):
    """Runs of neighbouring characters of words whose ends are marked, (grams,): word by word, short ones first."""

    hashes: NDArray[np.uint64]
    word: NDArray[np.int64]
    """Position of the word that it is of, ascending."""


def rows_of_words(words: Sequence[Word]) -> WordRows:
    """Return the features of words; those of one word do not depend on the others."""
    spelt = [position for position, word in enumerate(words) if word.has_grams]
    grams = grams_of([words[position].text for position in spelt])
    weights = _GRAM_WEIGHT / np.bincount(grams.word, minlength=len(spelt)) ** 0.5
    whole = np.repeat(np.arange(len(words)), [len(word.rows) for word in words])
    word_of = np.concatenate([whole, np.array(spelt, np.int64)[grams.word]])
    order = np.argsort(word_of, kind="stable")
    rows = np.array([row for word in words for row in word.rows], np.int64)
    weights_of_whole = np.array([weight for word in words for weight in word.weights], np.float32)
    return WordRows(
        np.concatenate([rows, rows_of(GRAMS, grams.hashes)])[order],
        np.concatenate([weights_of_whole, weights.astype(np.float32)[grams.word]])[order],
        bounds_of(np.bincount(word_of, minlength=len(words))),
    )


def grams_of(texts: Sequence[str]) -> Grams:
    """Return the grams of three, four and five characters of words.

    >>> grams_of(["ELM", "OX"]).word.tolist()
    [0, 0, 0, 0, 0, 0, 1, 1, 1]
    """
    marked = "".join([f"<{text}>" for text in texts])
    characters = np.frombuffer(marked.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    word_of = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])
    hashes = characters
    found, words = [], []
    for length in range(2, _GRAM_LENGTHS.stop):
        hashes = lengthened(hashes[:-1], characters[length - 1 :])
        if length in _GRAM_LENGTHS:
            within = word_of[: len(hashes)] == word_of[length - 1 :]
            found.append(hashes[within])
            words.append(word_of[: len(hashes)][within])
    word = np.concatenate(words)
    order = np.argsort(word, kind="stable")
    return Grams(np.concatenate(found)[order], word[order])
