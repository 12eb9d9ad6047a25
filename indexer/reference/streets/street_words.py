"""By which words each street of a reference is found: those of its name, its places, and what stands on it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.reference.streets.stretches import Layout, read_columns, save_columns
from address_match.indexer.storage.arrays import map_array, save_array
from address_match.indexer.texts.dictionary_columns import coded
from address_match.indexer.texts.distinct_numbers import distinct
from address_match.parser.tokens import sound_word, words_of, written_words
from address_match.ragged import bounds_of, places_in_rows, row_of_each

_WORDS = "street_words.arrow"
_BOUNDS = "street_word_offsets.npy"
_HOLDERS = "street_word_streets.npy"
"""Streets that are found by each word, ascending: a ragged array, its rows in the order of the words."""
_ROLES = "street_word_roles.npy"
_BEHIND_ALL = "\U0010ffff"


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


@dataclass(frozen=True, slots=True)
class Holders:
    """Words, and the streets that are found by them; a pair may stand there several times in several roles."""

    words: list[str]
    """Distinct."""
    word: NDArray[np.int64]
    """Of each pair, its place among the words."""
    street: NDArray[np.int64]
    role: NDArray[np.int64]
    """A `WordRole`."""

    def joined(self, others: "Holders") -> "Holders":
        """Return these pairs and others."""
        places = {word: place for place, word in enumerate(self.words)}
        theirs = np.array([places.setdefault(word, len(places)) for word in others.words], dtype=np.int64)
        return Holders(
            list(places),
            np.append(self.word, theirs[others.word]),
            np.append(self.street, others.street),
            np.append(self.role, others.role),
        )


def holders_of(layout: Layout) -> Holders:
    """Return the words of streets; each counts in the spelling that is written and in that in which it is filed (RD is
    ROAD).
    """
    streets = layout.streets
    named = pc.not_equal(streets.name, "")
    known_by = streets.street[named.to_numpy(zero_copy_only=False)].astype(np.int64)
    read = _TextsRead()
    name, place = read.rows_of(streets.name.filter(named)), read.rows_of(streets.place.filter(named))
    found_on = read.rows_of(layout.names.name)
    words, bounds = read.words()
    parts = [
        _held(words, bounds, found_on, layout.names.street, WordRole.ON_STREET),
        _held(words, bounds, name, known_by, WordRole.OF_STREET),
        _held(words, bounds, place, known_by, WordRole.OF_STREET),
        _first(words, bounds, name, known_by),
    ]
    word, street, role = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _in_both_spellings(read.spelled, word, street, role)


class _TextsRead:
    """Reads each distinct text once, and numbers the words."""

    def __init__(self) -> None:
        self.spelled: dict[str, int] = {}
        """The number of each word."""
        self._rows: dict[str, int] = {}
        self._words: list[list[int]] = []
        self._sound = lru_cache(maxsize=None)(sound_word)

    def rows_of(self, texts: pa.StringArray) -> NDArray[np.int64]:
        """Return the row of each text among the distinct ones."""
        numbers, values = coded(texts)
        return np.array([self._row(text) for text in values.to_pylist()], dtype=np.int64)[numbers]

    def words(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the words of each row, a ragged array."""
        lengths = np.fromiter(map(len, self._words), dtype=np.int64, count=len(self._words))
        return np.array([word for row in self._words for word in row], dtype=np.int64), bounds_of(lengths)

    def _row(self, text: str) -> int:
        row = self._rows.setdefault(text, len(self._words))
        if row == len(self._words):
            numbers = self.spelled
            self._words.append([numbers.setdefault(word, len(numbers)) for word in self._words_in(text)])
        return row

    def _words_in(self, text: str) -> list[str]:
        """Return the words of a text; most consist of words that were read before."""
        sound = list(map(self._sound, written_words(text)))
        return sound if sound and all(sound) else words_of(text).texts


_Held = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Words, streets and roles."""


def _held(
    words: NDArray[np.int64],
    bounds: NDArray[np.int64],
    rows: NDArray[np.int64],
    streets: NDArray[np.int64],
    role: WordRole,
) -> _Held:
    """Return the words of some rows of a ragged array with the street of each row."""
    places, of_rows = places_in_rows(bounds, rows)
    return words[places], streets[row_of_each(of_rows)], np.full(len(places), int(role))


def _first(
    words: NDArray[np.int64], bounds: NDArray[np.int64], rows: NDArray[np.int64], streets: NDArray[np.int64]
) -> _Held:
    """Return the first word of each row, except for rows without any."""
    some = np.diff(bounds)[rows] > 0
    return words[bounds[rows[some]]], streets[some], np.full(np.count_nonzero(some), int(WordRole.BEGINNING))


def _in_both_spellings(
    spelled: dict[str, int], word: NDArray[np.int64], street: NDArray[np.int64], role: NDArray[np.int64]
) -> Holders:
    """Add to words as they are written those as which they are filed."""
    filed = np.array(
        [spelled.setdefault(CANONICAL_WORDS.get(each, each), len(spelled)) for each in list(spelled)],
        dtype=np.int64,
    )
    other = np.flatnonzero(filed[word] != word)
    return Holders(
        list(spelled),
        np.append(word, filed[word[other]]),
        np.append(street, street[other]),
        np.append(role, role[other]),
    )


def write_street_words(folder: Path, holders: Holders) -> None:
    """Write the words and the streets that are found by them, each in the highest of its roles."""
    ascending = sorted(range(len(holders.words)), key=holders.words.__getitem__)
    rank = np.empty(len(ascending), dtype=np.int64)
    rank[ascending] = np.arange(len(ascending))
    width = int(holders.street.max(initial=0)) + 1
    keys = (rank[holders.word] * width + holders.street) * len(WordRole) + holders.role
    keys = distinct(keys)
    pair, role = np.divmod(keys, len(WordRole))
    is_last = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    word, street = np.divmod(pair[is_last], width)
    save_columns(folder / _WORDS, word=pa.array([holders.words[place] for place in ascending], pa.string()))
    save_array(folder, _BOUNDS, bounds_of(np.bincount(word, minlength=len(ascending))))
    save_array(folder, _HOLDERS, street.astype(np.int32))
    save_array(folder, _ROLES, role[is_last].astype(np.uint8))


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
            # With a member of an enum numpy takes thirty times as long to compare.
            held &= role >= int(WordRole.ON_STREET)
            named &= role >= int(WordRole.OF_STREET)
            begun |= role == int(WordRole.BEGINNING)
        in_front, behind_them = np.flatnonzero(named & begun), np.flatnonzero(named & ~begun)
        return FoundRows(np.append(in_front, behind_them), np.flatnonzero(held & ~named))

    def holders(self) -> Holders:
        """Return all words as `holders_of` does."""
        return Holders(
            self._words,
            row_of_each(self._bounds),
            self._holders.astype(np.int64),
            self._roles.astype(np.int64),
        )

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
