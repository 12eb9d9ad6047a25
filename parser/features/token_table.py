from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from parser.crf.weights import CrfWeights
from parser.features.token_features import neighbour_features, own_features
from parser.lexicon.flag import Flag
from parser.lexicon.lexicon import Lexicon
from parser.recognisers.shape import word_class

_LEFT, _RIGHT = "<", ">"
_Scalar = TypeVar("_Scalar", bound=np.generic)
_MOST_TOKENS = 100_000
"""Distinct tokens whose rows are kept; at 3 rows of 11 weights that is 26 MB."""


@dataclass(frozen=True, slots=True)
class TokenProfile:
    """What a distinct token tells the CRF: at its own place, to its right and to its left neighbour."""

    word_class: int
    begins_phrase: bool
    own: list[str]
    to_the_right: list[str]
    to_the_left: list[str]


def profile(text: str, lexicon: Lexicon) -> TokenProfile:
    """Describe one folded token."""
    flags = lexicon.flags_of(text)
    cls = word_class(text, flags)
    return TokenProfile(
        int(cls),
        bool(flags & (Flag.PREFIX_OF_PHRASE | Flag.TOWN | Flag.COUNTY)),
        own_features(text, flags, cls),
        neighbour_features(text, flags, cls, side=_LEFT),
        neighbour_features(text, flags, cls, side=_RIGHT),
    )


@dataclass(frozen=True, slots=True)
class TokenRows:
    """A view of the table that later additions leave as it is."""

    classes: npt.NDArray[np.int64]
    """(tokens,)"""
    begins_phrase: npt.NDArray[np.bool_]
    """(tokens,)"""
    weights: npt.NDArray[np.float64]
    """(tokens, 3, labels): at its own place, to its right neighbour, to its left neighbour."""


class TokenTable:
    """Emission weights of the distinct tokens seen so far; id 0 is the padding, which weighs nothing."""

    def __init__(self, weights: CrfWeights, lexicon: Lexicon) -> None:
        self._weights = weights
        self._lexicon = lexicon
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._ids: dict[str, int] = {}
        self._classes = np.zeros(1024, dtype=np.int64)
        self._begins = np.zeros(1024, dtype=np.bool_)
        self._rows = np.zeros((1024, 3, len(self._weights.labels)))

    def look_up(self, tokens: list[str]) -> tuple[npt.NDArray[np.int64], TokenRows]:
        """Return the ids of tokens, and rows in which they are found; new tokens are described first."""
        with self._lock:
            if len(self._ids) > _MOST_TOKENS:
                self._clear()
            ids = self._ids
            numbers = [ids.get(t, 0) for t in tokens]
            if 0 in numbers:
                for place, number in enumerate(numbers):
                    if number == 0:
                        numbers[place] = ids.get(tokens[place]) or self._add(tokens[place])
            return np.array(numbers, dtype=np.int64), TokenRows(self._classes, self._begins, self._rows)

    def _add(self, text: str) -> int:
        number = len(self._ids) + 1
        if number >= len(self._classes):
            size = 2 * len(self._classes)
            self._classes = _grown(self._classes, size)
            self._begins = _grown(self._begins, size)
            self._rows = _grown(self._rows, size)
        described = profile(text, self._lexicon)
        self._classes[number] = described.word_class
        self._begins[number] = described.begins_phrase
        for place, features in enumerate((described.own, described.to_the_right, described.to_the_left)):
            self._rows[number, place] = self._weights.sum_of(features)
        self._ids[text] = number
        return number


def _grown(array: npt.NDArray[_Scalar], size: int) -> npt.NDArray[_Scalar]:
    larger = np.zeros((size, *array.shape[1:]), dtype=array.dtype)
    larger[: len(array)] = array
    return larger
