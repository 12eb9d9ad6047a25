from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from parser.crf.weights import CrfWeights
from parser.features.token_features import (
    evidence_features,
    neighbour_evidence_features,
    neighbour_features,
    own_features,
)
from parser.gazetteer.gazetteer import Gazetteer
from parser.gazetteer.known_word import KnownWord, known_word
from parser.gazetteer.name_key import NO_WORDS
from parser.lexicon.flag import Flag
from parser.lexicon.lexicon import Lexicon
from parser.recognisers.postcode import postcode_readings
from parser.recognisers.shape import word_class
from parser.recognisers.slips_of_reading import words_meant
from parser.word_class import WordClass

_LEFT, _RIGHT = "<", ">"
_Scalar = TypeVar("_Scalar", bound=np.generic)
_MOST_TOKENS = 100_000
"""Distinct tokens whose rows are kept; at 3 rows of 11 weights that is 26 MB."""
_NAMING = frozenset(
    {
        *(WordClass.WORD, WordClass.SHORT_WORD, WordClass.HYPHENATED, WordClass.NEAR_TOWN),
        *(WordClass.NEAR_KEY_WORD, WordClass.TOWN, WordClass.COUNTY, WordClass.STREET_OR_TOWN),
    }
)
"""Classes of tokens of which it matters that the gazetteer does not know them."""
_UNKNOWN = KnownWord(None, NO_WORDS, begins_name=False)


@dataclass(frozen=True, slots=True)
class TokenProfile:
    """What a distinct token tells the CRF: at its own place, to its right and to its left neighbour."""

    word_class: int
    value: int
    """Of a plain number of up to four digits, else 0."""
    begins_phrase: bool
    is_slip: bool
    """Whether it stands for a word of a place's name that is one edit away."""
    known: KnownWord
    """What the gazetteer knows of it."""
    own: list[str]
    to_the_right: list[str]
    to_the_left: list[str]


def profile(text: str, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> TokenProfile:
    """Describe one folded token; one that a scanner spoilt is described as the word that it stands for."""
    text = _word_meant(text, lexicon, gazetteer)
    flags = lexicon.flags_of(text)
    cls = word_class(text, flags)
    slip = lexicon.word_of_place(text)
    described = TokenProfile(
        int(cls),
        int(text) if cls is WordClass.NUMBER and text.isdecimal() else 0,
        bool(flags & (Flag.PREFIX_OF_PHRASE | Flag.TOWN | Flag.COUNTY))
        or bool(slip and lexicon.begins_place(slip)),
        bool(slip),
        _UNKNOWN if gazetteer is None else known_word(text, flags, lexicon, gazetteer),
        own_features(text, flags, cls),
        neighbour_features(text, flags, cls, side=_LEFT),
        neighbour_features(text, flags, cls, side=_RIGHT),
    )
    evidence = described.known.evidence
    if gazetteer is not None and (evidence is not None or cls in _NAMING):
        described.own.extend(evidence_features(evidence))
        described.to_the_right.extend(neighbour_evidence_features(evidence, side=_LEFT))
        described.to_the_left.extend(neighbour_evidence_features(evidence, side=_RIGHT))
    return described


def _word_meant(text: str, lexicon: Lexicon, gazetteer: Gazetteer | None) -> str:
    """Return the known word that a token of letters and digits stands for, else the first such word, else the token."""
    if text.isalpha() or postcode_readings(text):
        return text
    meant = words_meant(text)
    for word in meant:
        if lexicon.flags_of(word) or (gazetteer is not None and gazetteer.evidence(word) is not None):
            return word
    return meant[0] if meant else text


@dataclass(frozen=True, slots=True)
class TokenRows:
    """A view of the table that later additions leave as it is."""

    classes: npt.NDArray[np.int64]
    """(tokens,)"""
    values: npt.NDArray[np.int64]
    """(tokens,)"""
    begins_phrase: npt.NDArray[np.bool_]
    """(tokens,)"""
    slips: npt.NDArray[np.bool_]
    """(tokens,)"""
    begins_name: npt.NDArray[np.bool_]
    """(tokens,): in the gazetteer."""
    keys: npt.NDArray[np.uint64]
    """(tokens, 2): hash and factor of the key with which names are found."""
    weights: npt.NDArray[np.float64]
    """(tokens, 3, labels): at its own place, to its right neighbour, to its left neighbour."""

    @classmethod
    def described_by(cls, profiles: Sequence[TokenProfile]) -> "TokenRows":
        """Return rows without weights, as training needs them."""
        return cls(
            classes=np.array([p.word_class for p in profiles], dtype=np.int64),
            values=np.array([p.value for p in profiles], dtype=np.int64),
            begins_phrase=np.array([p.begins_phrase for p in profiles], dtype=np.bool_),
            slips=np.array([p.is_slip for p in profiles], dtype=np.bool_),
            begins_name=np.array([p.known.begins_name for p in profiles], dtype=np.bool_),
            keys=np.array([p.known.key for p in profiles], dtype=np.uint64).reshape(-1, 2),
            weights=np.zeros((len(profiles), 3, 0)),
        )


class TokenTable:
    """Emission weights of the distinct tokens seen so far; id 0 is the padding, which weighs nothing."""

    def __init__(self, weights: CrfWeights, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> None:
        self._weights = weights
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._ids: dict[str, int] = {}
        self._rows = TokenRows(
            classes=np.zeros(1024, dtype=np.int64),
            values=np.zeros(1024, dtype=np.int64),
            begins_phrase=np.zeros(1024, dtype=np.bool_),
            slips=np.zeros(1024, dtype=np.bool_),
            begins_name=np.zeros(1024, dtype=np.bool_),
            keys=np.zeros((1024, 2), dtype=np.uint64),
            weights=np.zeros((1024, 3, len(self._weights.labels))),
        )

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
            return np.array(numbers, dtype=np.int64), self._rows

    def _add(self, text: str) -> int:
        number = len(self._ids) + 1
        rows = self._rows
        if number >= len(rows.classes):
            size = 2 * len(rows.classes)
            rows = self._rows = TokenRows(
                classes=_grown(rows.classes, size),
                values=_grown(rows.values, size),
                begins_phrase=_grown(rows.begins_phrase, size),
                slips=_grown(rows.slips, size),
                begins_name=_grown(rows.begins_name, size),
                keys=_grown(rows.keys, size),
                weights=_grown(rows.weights, size),
            )
        described = profile(text, self._lexicon, self._gazetteer)
        rows.classes[number] = described.word_class
        rows.values[number] = described.value
        rows.begins_phrase[number] = described.begins_phrase
        rows.slips[number] = described.is_slip
        rows.begins_name[number] = described.known.begins_name
        rows.keys[number] = described.known.key
        for place, features in enumerate((described.own, described.to_the_right, described.to_the_left)):
            rows.weights[number, place] = self._weights.sum_of(features)
        self._ids[text] = number
        return number


def _grown(array: npt.NDArray[_Scalar], size: int) -> npt.NDArray[_Scalar]:
    larger = np.zeros((size, *array.shape[1:]), dtype=array.dtype)
    larger[: len(array)] = array
    return larger
