"""By which words each street of a reference is found: those of its name, its places, and what stands on it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.arrays import map_array, save_array
from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.reference.stretches import Layout, read_columns, save_columns
from address_match.parser.ragged import bounds_of
from address_match.parser.tokens import words_of

_WORDS = "street_words.arrow"
_BOUNDS = "street_word_offsets.npy"
_HOLDERS = "street_word_streets.npy"
"""Streets that are found by each word, ascending: a ragged array, its rows in the order of the words."""
_ROLES = "street_word_roles.npy"
_BEHIND_ALL = "\U0010ffff"

Holders = dict[str, dict[int, int]]
"""For each word the streets that are found by it, and the word's role."""


class WordRole(IntEnum):
    """What a word is to a street."""

    ON_STREET = 0
    """It names a locality, building or business there."""
    OF_STREET = 1
    """It is one of the street's name or place."""
    BEGINNING = 2
    """The street's name begins with it."""


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Rows of streets, each list ascending."""

    named: NDArray[np.int64]
    """Those that all words name, where the street's name begins with one of them in front."""
    holding: NDArray[np.int64]
    """Those on which the other words name something."""


def holders_of(layout: Layout) -> Holders:
    """Return the words of streets; each counts in the spelling that is written and in that in which it is filed (RD is
    ROAD).
    """
    holders: Holders = {}
    streets = layout.streets
    read = cache(_words)
    rows = zip(streets.name.to_pylist(), streets.place.to_pylist(), streets.street.tolist(), strict=True)
    for name, place, street in rows:
        if name:
            first, *others = read(name) or [""]
            _hold(holders, [first], street, WordRole.BEGINNING)
            _hold(holders, [*others, *read(place)], street, WordRole.OF_STREET)
    for street, name in layout.names:
        _hold(holders, read(name), street, WordRole.ON_STREET)
    return holders


def _words(text: str) -> Sequence[str]:
    return words_of(text).texts


def _hold(holders: Holders, words: Iterable[str], street: int, role: WordRole) -> None:
    for word in words:
        for spelling in {word, CANONICAL_WORDS.get(word, word)}:
            held = holders.setdefault(spelling, {})
            held[street] = max(held.get(street, 0), int(role))


def write_street_words(folder: Path, holders: Holders) -> None:
    """Write the words and the streets that are found by them."""
    words = sorted(holders)
    save_columns(folder / _WORDS, word=pa.array(words, pa.string()))
    save_array(folder, _BOUNDS, bounds_of(np.array([len(holders[word]) for word in words], dtype=np.int64)))
    flat = [holding for word in words for holding in sorted(holders[word].items())]
    save_array(folder, _HOLDERS, np.array([street for street, _ in flat], dtype=np.int32))
    save_array(folder, _ROLES, np.array([role for _, role in flat], dtype=np.uint8))


class StreetWords:
    """Finds streets by words; safe to share between threads."""

    def __init__(self, folder: Path, streets: int) -> None:
        self._streets = streets
        self._words: list[str] = read_columns(folder / _WORDS).column("word").to_pylist()
        self._bounds: NDArray[np.int64] = map_array(folder, _BOUNDS)
        self._holders: NDArray[np.int32] = map_array(folder, _HOLDERS)
        self._roles: NDArray[np.uint8] = map_array(folder, _ROLES)

    def search(self, words: Sequence[str], prefix: str, among: NDArray[np.bool_] | None) -> FoundRows:
        """Return the streets, of those `among` if given, that are found by all words, and by one that begins with the
        prefix.
        """
        wanted = [self._ranges_of(word) for word in words]
        if prefix:
            wanted.append([*self._ranges_of(prefix), self._range_from(prefix)])
        held = np.full(self._streets, bool(wanted)) if among is None else among & bool(wanted)
        named, begun = held.copy(), np.zeros_like(held)
        for ranges in wanted:
            role = np.full(self._streets, -1, dtype=np.int8)
            for first, behind in ranges:
                places = slice(self._bounds[first], self._bounds[behind])
                np.maximum.at(role, self._holders[places], self._roles[places].astype(np.int8))
            held &= role >= WordRole.ON_STREET
            named &= role >= WordRole.OF_STREET
            begun |= role == WordRole.BEGINNING
        in_front, behind_them = np.flatnonzero(named & begun), np.flatnonzero(named & ~begun)
        return FoundRows(np.append(in_front, behind_them), np.flatnonzero(held & ~named))

    def holders(self) -> Holders:
        """Return all words as `holders_of` does."""
        holders: Holders = {}
        for word, first, behind in zip(self._words, self._bounds[:-1], self._bounds[1:], strict=True):
            streets, roles = self._holders[first:behind].tolist(), self._roles[first:behind].tolist()
            holders[word] = dict(zip(streets, roles, strict=True))
        return holders

    def _ranges_of(self, word: str) -> list[tuple[int, int]]:
        """Return where a word stands among the words, in either spelling."""
        found = []
        for spelling in {word, CANONICAL_WORDS.get(word, word)}:
            at = bisect_left(self._words, spelling)
            if at < len(self._words) and self._words[at] == spelling:
                found.append((at, at + 1))
        return found

    def _range_from(self, prefix: str) -> tuple[int, int]:
        return bisect_left(self._words, prefix), bisect_left(self._words, prefix + _BEHIND_ALL)
