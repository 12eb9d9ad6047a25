"""How a feature finds its row of the table: a polynomial hash of its characters, mixed, and scaled to a family's rows.

Words are hashed as the polynomial `sum(code * BASE ** position) mod 2**64`, so that the hash of two words written
together follows from theirs: `h(CORN MILL glued) = h(CORN) * BASE ** 4 + h(MILL)`. Everything is integer
arithmetic modulo 2**64 and the same on every machine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
_FIRST_MULTIPLIER = 0xBF58476D1CE4E5B9
_SECOND_MULTIPLIER = 0x94D049BB133111EB


@dataclass(frozen=True, slots=True)
class RowRange:
    """The rows `start` (inclusive) to `start + size` (exclusive) of the table."""

    start: int
    size: int


# Features share the rows of their family only: a frequent family must not crowd out a telling one.
GRAMS = RowRange(0, 28_672)
"""Character n-grams of words and postcodes."""
WORDS = RowRange(28_672, 16_384)
"""Whole words, and two words as if written together."""
SOUNDS = RowRange(45_056, 4_096)
"""What is left of a word without vowels, and its shape as a scanner sees it."""
NUMBERS = RowRange(49_152, 12_288)
"""Numbers and designators in their position."""
POSTCODES = RowRange(61_440, 4_096)
"""Postcodes by part."""
TABLE_ROWS = 65_536


def word_hash(text: str) -> int:
    """Return the polynomial hash of a text, in [0, 2**64).

    >>> (word_hash("CORN") * word_power("MILL") + word_hash("MILL")) % 2**64 == word_hash("CORNMILL")
    True
    """
    value = 0
    for character in text:
        value = (value * _BASE + ord(character)) & _MASK
    return value


def lengthened(hashes: NDArray[np.uint64], characters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the hashes of texts to which one character each is added, by its code."""
    return hashes * np.uint64(_BASE) + characters


def word_power(text: str) -> int:
    """Return `BASE ** len(text)`, by which the hash of what stands before the text is shifted."""
    return pow(_BASE, len(text), _MASK + 1)


def paired_hash(kind: int, first: int, second: int = 0) -> int:
    """Return a hash of two hashes and of how they belong together; their order matters."""
    return (
        kind * _SECOND_MULTIPLIER + first * _BASE + ((second * _FIRST_MULTIPLIER) & _MASK ^ (first >> 29))
    ) & _MASK


def row_of(family: RowRange, value: int) -> int:
    """Return the row of the table that a hash falls on within the rows of its family."""
    mixed = value
    mixed = ((mixed ^ (mixed >> 30)) * _FIRST_MULTIPLIER) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * _SECOND_MULTIPLIER) & _MASK
    mixed ^= mixed >> 31
    return family.start + (((mixed >> 32) * family.size) >> 32)


def rows_of(family: RowRange, values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return `row_of` for an array of hashes, shape (hashes,)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(_FIRST_MULTIPLIER)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_SECOND_MULTIPLIER)
    mixed ^= mixed >> np.uint64(31)
    scaled = ((mixed >> np.uint64(32)) * np.uint64(family.size)) >> np.uint64(32)
    return scaled.astype(np.int64) + family.start
