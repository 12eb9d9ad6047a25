from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from address_match.parser.crf.weights import CrfWeights
from address_match.parser.features.token_features import (
    evidence_features,
    meant_features,
    neighbour_evidence_feature,
    neighbour_features,
    own_features,
    unread_features,
)
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.known_word import KnownWord, known_word
from address_match.parser.gazetteer.name_key import NO_WORDS
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.recognisers.mixed_number import plain_form
from address_match.parser.recognisers.postcode import postcode_readings
from address_match.parser.recognisers.scanner_errors import words_meant
from address_match.parser.recognisers.shape import word_class
from address_match.parser.word_class import WordClass

_LEFT, _RIGHT = "<", ">"
"""Marks of the side on which a token stands that gives a feature to its neighbour."""
_BEGINS_PHRASE = (Flag.PREFIX_OF_PHRASE | Flag.TOWN | Flag.COUNTY).value
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
    """Return whether it stands for a word of a place's name that is one edit away."""
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
    known = _UNKNOWN if gazetteer is None else known_word(text, flags, lexicon, gazetteer)
    meant = meant_features(lexicon.flags_meant(text, flags))
    own = own_features(text, flags, cls) + meant
    beside = neighbour_features(text, flags, cls) + meant
    if gazetteer is not None and (known.evidence is not None or cls in _NAMING):
        own += evidence_features(known.evidence)
        beside.append(neighbour_evidence_feature(known.evidence))
    return TokenProfile(
        word_class=int(cls),
        value=int(text) if cls is WordClass.NUMBER and text.isdecimal() else 0,
        begins_phrase=bool(int(flags) & _BEGINS_PHRASE) or bool(slip and lexicon.begins_place(slip)),
        is_slip=bool(slip),
        known=known,
        own=own,
        to_the_right=[_LEFT + feature for feature in beside],
        to_the_left=[_RIGHT + feature for feature in beside],
    )


def unread_profile(length: int) -> TokenProfile:
    """Describe a word of which only its length is known."""
    cls, own, beside = unread_features(length)
    return TokenProfile(
        word_class=int(cls),
        value=0,
        begins_phrase=False,
        is_slip=False,
        known=_UNKNOWN,
        own=own,
        to_the_right=[_LEFT + feature for feature in beside],
        to_the_left=[_RIGHT + feature for feature in beside],
    )


def _word_meant(text: str, lexicon: Lexicon, gazetteer: Gazetteer | None) -> str:
    """Return the known word that a token of letters and digits stands for, else the first such word, else the token.

    A fraction or a date stands where a number with a letter or a range does.
    """
    if text.isalpha():
        return text
    text = plain_form(text)
    if postcode_readings(text):
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

    def with_rows(self, start: int, new: "TokenRows") -> "TokenRows":
        """Write rows from a place on that nobody reads yet, into larger arrays where there is no room for them."""
        wanted = start + len(new.classes)
        room = max(wanted, 2 * len(self.classes)) if wanted > len(self.classes) else wanted
        return TokenRows(
            classes=_written(self.classes, start, new.classes, room),
            values=_written(self.values, start, new.values, room),
            begins_phrase=_written(self.begins_phrase, start, new.begins_phrase, room),
            slips=_written(self.slips, start, new.slips, room),
            begins_name=_written(self.begins_name, start, new.begins_name, room),
            keys=_written(self.keys, start, new.keys, room),
            weights=_written(self.weights, start, new.weights, room),
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
            if new := [token for token in dict.fromkeys(tokens) if token not in ids]:
                self._add(new)
            return np.array([ids[token] for token in tokens], dtype=np.int64), self._rows

    def _add(self, new: list[str]) -> None:
        """Describe distinct tokens that have no row yet."""
        profiles = [profile(token, self._lexicon, self._gazetteer) for token in new]
        described = TokenRows.described_by(profiles)
        sums = self._weights.sums_of(
            [features for p in profiles for features in (p.own, p.to_the_right, p.to_the_left)]
        )
        weights = sums.reshape(len(new), 3, len(self._weights.labels))
        start = len(self._ids) + 1
        self._rows = self._rows.with_rows(start, replace(described, weights=weights))
        self._ids.update(zip(new, count(start)))


def _written(
    array: npt.NDArray[_Scalar], start: int, values: npt.NDArray[_Scalar], room: int
) -> npt.NDArray[_Scalar]:
    if room > len(array):
        larger = np.zeros((room, *array.shape[1:]), dtype=array.dtype)
        larger[:start] = array[:start]
        array = larger
    array[start : start + len(values)] = values
    return array
