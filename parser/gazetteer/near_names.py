from collections.abc import Iterable
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from address_match.ascending import places_among
from address_match.parser.gazetteer.word_list import WordList
from address_match.parser.lexicon.scanner_errors import lacks_vowels, skeleton

_SHORTEST, _LONGEST = 5, 40
"""Letters of a word that is guessed: shorter ones have too many neighbours, longer ones are no names."""


class NearNames:
    """Finds listed words that are one edit away from a written one, or were written without their vowels.

    Two words one insertion, deletion, exchange or swap apart share a word that lacks at most one letter of each
    (the deletion neighbourhoods of Mor and Fraenkel, 1982); a word and its skeleton share that.
    """

    def __init__(self, keys: npt.NDArray[np.uint32], places: npt.NDArray[np.uint32]) -> None:
        """`keys` are CRC-32 of the shortened words, ascending; `places` those of the words in their list."""
        self.keys = keys
        self.places = places

    @classmethod
    def of(cls, words: WordList) -> "NearNames":
        """Take every word of letters alone that is long enough."""
        return cls._of(words, range(len(words)))

    @classmethod
    def _of(cls, words: WordList, asked: Iterable[int]) -> "NearNames":
        """Take those of the words at some places that are of letters alone and long enough."""
        keys: list[int] = []
        places: list[int] = []
        for place in asked:
            word = words[place]
            if _may_be_guessed(word):
                shortened = [*_shortened(word), *_of_skeleton(skeleton(word))]
                keys += shortened
                places += [place] * len(shortened)
        return cls._in_order(np.array(keys, dtype=np.uint32), np.array(places, dtype=np.uint32))

    @classmethod
    def _in_order(cls, keys: npt.NDArray[np.uint32], places: npt.NDArray[np.uint32]) -> "NearNames":
        order = np.lexsort((places, keys))
        return cls(keys[order], places[order])

    def of_changed(self, before: WordList, words: WordList) -> "NearNames":
        """Return what `of` does of words, from these, which are those of the words before."""
        now = {word: place for place, word in enumerate(words)}
        moved = np.array([now.pop(word, -1) for word in before], dtype=np.int64)
        places = moved[self.places]
        stay = places >= 0
        new = NearNames._of(words, now.values())
        return NearNames._in_order(
            np.append(self.keys[stay], new.keys), np.append(places[stay].astype(np.uint32), new.places)
        )

    def near(self, written: str, words: WordList, sizes: npt.NDArray[np.uint8]) -> int:
        """Return the place of the listed word at one edit, the most frequent of several; -1 where there is none."""
        if not _may_be_guessed(written) or not len(self.keys):
            return -1
        asked = np.array(_asked(written), dtype=np.uint32)
        starts, are_held = places_among(asked, self.keys)
        ends = self.keys.searchsorted(asked[are_held], side="right")
        found = {
            place
            for start, end in zip(starts[are_held].tolist(), ends.tolist(), strict=True)
            for place in self.places[start:end].tolist()
        }
        best = -1
        for place in sorted(found):
            better = best < 0 or sizes[place] > sizes[best]
            if better and _may_stand_for(written, words[place]):
                best = place
        return best


class SlipsOf:
    """Finds those of some words that a written one is a slip of, as `NearNames` does."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = WordList.of(list(words))
        self._near = NearNames.of(self._words)
        self._sizes = np.zeros(len(self._words), dtype=np.uint8)
        self._keys = frozenset(self._near.keys.tolist())

    def meant(self, written: str) -> str:
        """Return the word that one is a slip of, empty where it is of none.

        >>> SlipsOf(["TANFIELD"]).meant("TANFEILD")
        'TANFIELD'
        """
        if not _may_be_guessed(written) or self._keys.isdisjoint(_asked(written)):
            return ""  # most words are of none, and to look their keys up takes three times as long
        place = self._near.near(written, self._words, self._sizes)
        return self._words[place] if place >= 0 else ""


def _may_stand_for(written: str, word: str) -> bool:
    return OSA.distance(written, word, score_cutoff=1) <= 1 or written == skeleton(word)


def _of_skeleton(bare: str) -> tuple[int, ...]:
    return (crc32(f"={bare}".encode()),) if bare else ()


def _asked(written: str) -> list[int]:
    """Return the keys under which the words stand that a written one may be a slip of."""
    return [*_shortened(written), *(_of_skeleton(written) if lacks_vowels(written) else ())]


def _may_be_guessed(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def _shortened(word: str) -> list[int]:
    """Return the keys of a word and of what is left of it without one of its letters, ascending."""
    encoded = word.encode()
    lacking = {crc32(encoded[:place] + encoded[place + 1 :]) for place in range(len(encoded))}
    return sorted(lacking | {crc32(encoded)})
