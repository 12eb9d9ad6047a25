from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from address_match.ascending import places_among
from address_match.parser.gazetteer.name_field import FIELD_COUNT
from address_match.parser.gazetteer.near_names import NearNames
from address_match.parser.gazetteer.word_list import WordList

NO_SHARE, SMALL_SHARE, SHARE, MOST = range(4)
"""How much of what a word is used for is one field: below 3 %, 20 %, 60 %, and more."""


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """What the names of a reference tell of a word."""

    shares: tuple[int, ...]
    """NO_SHARE to MOST, a number per field."""
    size: int
    """How often it occurs: 0 once, 1 up to nine times, 2 up to ninety-nine, 3 more often."""
    begins_name: bool
    """Whether a name begins with it."""
    exact: bool
    """False where it is one edit away from the word that is known."""
    word: str
    """The known word."""


@dataclass(frozen=True)
class Gazetteer:
    """The names of a loaded reference, by what they name, and the words that they are made of.

    The arrays may be memory maps; a gazetteer never changes and may be shared between threads.
    """

    words: WordList
    """Distinct words, in full, ascending."""
    word_shares: npt.NDArray[np.uint8]
    """(words, FIELD_COUNT): NO_SHARE to MOST."""
    word_sizes: npt.NDArray[np.uint8]
    """(words,): the size of WordEvidence."""
    begins: npt.NDArray[np.bool_]
    """(words,)"""
    name_hashes: npt.NDArray[np.uint64]
    """(names,): the hashes of `name_key`, ascending."""
    name_fields: npt.NDArray[np.uint8]
    """(names,): bit f is set where the name is one of field f."""
    near_names: NearNames

    def __post_init__(self) -> None:
        if self.word_shares.shape != (len(self.words), FIELD_COUNT):
            raise ValueError(
                f"{len(self.words)} words have shares of shape {self.word_shares.shape}: "
                f"give ({len(self.words)}, {FIELD_COUNT})"
            )

    @cached_property
    def names(self) -> int:
        """Number of distinct names."""
        return len(self.name_hashes)

    def evidence(self, word: str, *, guess: bool = True) -> WordEvidence | None:
        """Return what is known of a word in full, None where nothing is.

        With `guess`, an unknown word stands for the most frequent known one that is one edit away.
        """
        place = self.words.find(word)
        exact = place >= 0
        if guess and not exact:
            place = self.near_names.near(word, self.words, self.word_sizes)
        if place < 0:
            return None
        return WordEvidence(
            shares=tuple(self.word_shares[place].tolist()),
            size=int(self.word_sizes[place]),
            begins_name=bool(self.begins[place]),
            exact=exact,
            word=word if exact else self.words[place],
        )

    def fields_of(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
        """Return for each hash of a name the fields that have such a name, as bits; 0 for none."""
        if not len(self.name_hashes):
            return np.zeros(hashes.shape, dtype=np.uint8)
        places, found = places_among(hashes, self.name_hashes)
        return np.where(found, self.name_fields[places], np.uint8(0))
