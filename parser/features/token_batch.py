from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

NO_PHRASE, TOWN_FIRST, TOWN_LATER, COUNTY_FIRST, COUNTY_LATER, BOTH_FIRST = range(6)
PHRASE_CODES = 6


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Texts side by side, (texts, longest), what is beyond a text's end being zero or false."""

    classes: IntArray
    breaks: BoolArray
    """Whether a comma or line break stands before the token."""
    phrases: IntArray
    """NO_PHRASE, TOWN_FIRST, …: the token's place in the name of a town or county."""
    lengths: IntArray
    """(texts,)"""
    values: IntArray
    """Of plain numbers, else 0."""
    names: tuple[IntArray, ...] = ()
    """For each field of a gazetteer, the token's place in a name of it; empty where none is loaded."""


_Scalar = TypeVar("_Scalar", bound=np.generic)


def padded(flat: npt.NDArray[_Scalar], mask: BoolArray) -> npt.NDArray[_Scalar]:
    """Lay the values of texts that follow one another out as (texts, longest)."""
    if flat.size == mask.size:
        return flat.reshape(mask.shape)
    laid = np.zeros(mask.shape, dtype=flat.dtype)
    laid[mask] = flat
    return laid


def mask_of(lengths: IntArray) -> BoolArray:
    """Return (texts, longest): true where a text has a token."""
    longest = int(lengths.max()) if len(lengths) else 0
    return np.arange(longest)[None, :] < lengths[:, None]


def phrase_codes(
    tokens: Sequence[str], text_of: IntArray, begins: BoolArray, breaks: Sequence[bool], lexicon: Lexicon
) -> IntArray:
    """Mark the tokens that spell the name of a town or county; the longest name that begins first wins."""
    codes = np.zeros(len(tokens), dtype=np.int64)
    covered = 0
    for start in np.nonzero(begins)[0].tolist():
        if start < covered:
            continue
        best = 0
        for phrase in lexicon.phrases.get(tokens[start], ()):
            size = len(phrase.words)
            if size < best:
                break
            end = start + size
            if size > 1 and (
                end > len(tokens)
                or text_of[end - 1] != text_of[start]
                or tuple(tokens[start:end]) != phrase.words
                or any(breaks[start + 1 : end])
            ):
                continue
            town = phrase.flag is Flag.TOWN
            first = TOWN_FIRST if town else COUNTY_FIRST
            codes[start] = BOTH_FIRST if best == size and codes[start] != first else first
            codes[start + 1 : end] = TOWN_LATER if town else COUNTY_LATER
            best = size
        covered = start + max(best, 1)
    return codes
