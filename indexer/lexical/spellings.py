"""Words of the reference that look like a word which it does not know."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.lexical.shared_keys import (
    KEY_BOUNDS,
    KEY_IDS,
    KEY_WORDS,
    KeyHolders,
    SharedKeys,
    consonants,
    keys_of,
)
from address_match.indexer.lexical.vocabulary import TERM_IDS, Vocabulary
from address_match.indexer.search.kth_largest import kth_largest
from address_match.indexer.storage.arrays import map_array, save_array
from address_match.ragged import bounds_of

_SHORTEST = 3
"""Shorter words, and numbers, are never guessed: 12 is not 21."""
_COMPARED = 64
_OFFERED = 6
_LEAST_SIMILARITY = 0.5
_BEHIND_THE_BEST = 0.15
"""A guess that is so much less like than the best is no guess."""
_SAME_CONSONANTS = 0.8
"""A word written without its vowels is as like as one with a letter wrong in five."""
_REMEMBERED = 20_000
_TOGETHER_FROM, _TOGETHER = 8, 64
"""New words from which on, and up to which, those that share keys with each are looked for together."""


def can_be_guessed(term: str) -> bool:
    """Return whether a word is long enough, and no number or postcode."""
    return len(term) >= _SHORTEST and not any(character.isdigit() for character in term)


def write_spellings(
    folder: Path, words: list[str], term_ids: NDArray[np.int64], before: Path | None = None
) -> None:
    """Write which words of the vocabulary hold each run of three characters; `term_ids` are those of the words,
    ascending.

    What the folder `before` holds of words of its own vocabulary is taken over.
    """
    keys, places, held = _no_holders() if before is None else _holders_before(before, term_ids)
    new = np.flatnonzero(~np.isin(term_ids, held)).tolist()
    found = [
        (term_id(key), place)
        for place in new
        if can_be_guessed(words[place])
        for key in keys_of(words[place])
    ]
    keys = np.append(keys, np.array([key for key, _ in found], dtype=np.int64))
    places = np.append(places, np.array([place for _, place in found], dtype=np.int32))
    names, lengths = np.unique(keys, return_counts=True)
    save_array(folder, KEY_IDS, names)
    save_array(folder, KEY_BOUNDS, bounds_of(lengths))
    save_array(folder, KEY_WORDS, places[np.lexsort((places, keys))])


_Holders = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]
"""The key and the word of each pair of them, and the ids of all words that were read."""


def _no_holders() -> _Holders:
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)


def _holders_before(before: Path, term_ids: NDArray[np.int64]) -> _Holders:
    """Return what a folder holds of its words, those that are in another vocabulary by their places there."""
    held = map_array(before, TERM_IDS)
    places = np.minimum(np.searchsorted(term_ids, held), max(0, len(term_ids) - 1))
    is_kept = term_ids[places] == held
    words = map_array(before, KEY_WORDS)
    keys = np.repeat(map_array(before, KEY_IDS), np.diff(map_array(before, KEY_BOUNDS)))
    stay = is_kept[words]
    return keys[stay], places[words[stay]].astype(np.int32), held


Guesses = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Positions in the vocabulary and similarities in (0, 1], shape (guesses,) each."""
_NONE: Guesses = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))


class Spellings:
    """Guesses which known words an unknown one stands for."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lengths = pc.utf8_length(vocabulary.words).to_numpy(zero_copy_only=False) + 1
        self._holders = KeyHolders(folder, len(vocabulary))
        self._remembered: OrderedDict[str, Guesses] = OrderedDict()
        self._lock = threading.Lock()

    def guesses(self, term: str) -> Guesses:
        """Return the guesses for a term, best first; none for a number."""
        if (known := self._known(term)) is not None:
            return known
        if not can_be_guessed(term) or not len(self._holders):
            return _NONE
        return self._remember(term, self._guess(term, self._holders.sharing(keys_of(term))))

    def learn(self, terms: Sequence[str]) -> None:
        """Guess many terms at once, which takes less time than one by one, so that `guesses` has them at hand."""
        new = [term for term in dict.fromkeys(terms) if can_be_guessed(term) and self._known(term) is None]
        if len(new) < _TOGETHER_FROM or not len(self._holders):
            return
        for start in range(0, len(new), _TOGETHER):
            some = new[start : start + _TOGETHER]
            sharing = self._holders.sharing_with_each([keys_of(term) for term in some])
            for term, shared in zip(some, sharing, strict=True):
                self._remember(term, self._guess(term, shared))

    def _known(self, term: str) -> Guesses | None:
        with self._lock:
            if (known := self._remembered.get(term)) is not None:
                self._remembered.move_to_end(term)
            return known

    def _remember(self, term: str, found: Guesses) -> Guesses:
        with self._lock:
            self._remembered[term] = found
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _guess(self, term: str, sharing: SharedKeys) -> Guesses:
        words, likeness = self._alike(term, sharing)
        enough = likeness >= _LEAST_SIMILARITY
        similar = dict(zip(words[enough].tolist(), likeness[enough].tolist(), strict=True))
        for position in self._halves(term):
            similar[position] = 1.0
        best = sorted(similar.items(), key=lambda item: (-item[1], item[0]))[:_OFFERED]
        best = [guess for guess in best if guess[1] >= best[0][1] - _BEHIND_THE_BEST]
        return (
            np.array([position for position, _ in best], dtype=np.int64),
            np.array([likeness for _, likeness in best], dtype=np.float32),
        )

    def _alike(self, term: str, sharing: SharedKeys) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the known words that share most keys with a term, and how like it each is, in [0, 1]."""
        words, same_consonants = self._sharing_most(term, sharing)
        spelled = self._vocabulary.spelled(words)
        likeness = process.cdist([term], spelled, scorer=OSA.normalized_similarity, dtype=np.float64)[0]
        if len(consonants(term)) >= _SHORTEST:
            likeness[same_consonants] = np.maximum(likeness[same_consonants], _SAME_CONSONANTS)
        return words, likeness

    def _sharing_most(self, term: str, sharing: SharedKeys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the words that share most keys with a term, and whether each has the same consonants."""
        words, shared, same_consonants = sharing
        if not len(words):
            return words.astype(np.int64), np.empty(0, dtype=np.bool_)
        likeness = shared / (len(keys_of(term)) + self._lengths[words])
        likeness[same_consonants] += 1  # they may leave no trigram in common
        near = np.flatnonzero(likeness >= kth_largest(likeness, _COMPARED))
        best = near[np.lexsort((words[near], -likeness[near]))[:_COMPARED]]
        return words[best].astype(np.int64), same_consonants[best]

    def _halves(self, term: str) -> list[int]:
        """Return both halves of a word that was written together: CORNMILL for CORN MILL."""
        cuts = range(_SHORTEST, len(term) - _SHORTEST + 1)
        if not cuts:
            return []
        ids = np.array([[term_id(term[:cut]), term_id(term[cut:])] for cut in cuts], dtype=np.int64)
        positions = self._vocabulary.positions(ids.ravel()).reshape(-1, 2)
        known = positions[(positions >= 0).all(axis=1)]
        return [int(p) for p in known[0]] if len(known) else []
