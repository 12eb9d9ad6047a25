"""From the names of a reference, and how often each occurs, to a gazetteer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from address_match.parser.gazetteer.gazetteer import MOST, NO_SHARE, SHARE, SMALL_SHARE, Gazetteer
from address_match.parser.gazetteer.name_field import FIELD_COUNT, NameField
from address_match.parser.gazetteer.name_key import NO_WORDS, full_word, word_key
from address_match.parser.gazetteer.near_names import NearNames
from address_match.parser.gazetteer.word_list import WordList
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.ragged import bounds_of, row_of_each

NameCounts = Mapping[NameField, Mapping[str, int]]
"""By field, each name as it is folded and how many texts have it."""

_SHARE_BOUNDS = ((0.6, MOST), (0.2, SHARE), (0.03, SMALL_SHARE))
_LEAST_SHARE_OF_NAME = 0.05
"""A name that is so rarely one of a field was misread there."""
_SIZE_BOUNDS = (2, 10, 100)


def build_gazetteer(counts: NameCounts, lexicon: Lexicon, before: Gazetteer | None = None) -> Gazetteer:
    """Count the words of names and pack them; what is found of a word alone is taken from a gazetteer `before`.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> known = build_gazetteer({NameField.STREET: {"ELM ROAD": 3}}, shipped_lexicon())
    >>> known.evidence("ELM").shares
    (3, 0, 0, 0, 0)
    """
    names = _Names.of(counts, lexicon)
    words, by_word, begins = names.counted_words()
    hashes, by_name = names.counted_names()
    totals = by_word.sum(axis=1)
    return Gazetteer(
        words=words,
        word_shares=_shares(by_word, totals),
        word_sizes=np.digitize(totals, _SIZE_BOUNDS).astype(np.uint8),
        begins=begins,
        name_hashes=hashes,
        name_fields=_fields(by_name),
        near_names=NearNames.of(words)
        if before is None
        else before.near_names.of_changed(before.words, words),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of all fields, one after the other, and their words by their numbers; each written word is read once."""

    field: npt.NDArray[np.int64]
    """Of each name."""
    count: npt.NDArray[np.int64]
    """How many texts have it."""
    words: npt.NDArray[np.int64]
    """A ragged array: the words of each name."""
    bounds: npt.NDArray[np.int64]
    full: list[str]
    """Of each word as it is written, in full."""
    hashes: npt.NDArray[np.uint64]
    """Of each word its part in the hash of a name."""
    factors: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, counts: NameCounts, lexicon: Lexicon) -> "_Names":
        """Read names."""
        rows = [
            (int(field), name, count) for field in NameField for name, count in counts.get(field, {}).items()
        ]
        split = [name.replace("-", " ").split() for _, name, _ in rows]
        numbers: dict[str, int] = {}
        words = [numbers.setdefault(word, len(numbers)) for some in split for word in some]
        keys = [word_key(word, lexicon) for word in numbers]
        return cls(
            np.array([field for field, _, _ in rows], dtype=np.int64),
            np.array([count for _, _, count in rows], dtype=np.int64),
            np.array(words, dtype=np.int64),
            bounds_of(np.fromiter(map(len, split), dtype=np.int64, count=len(split))),
            [full_word(word, lexicon) for word in numbers],
            np.array([key.hash for key in keys], dtype=np.uint64),
            np.array([key.factor for key in keys], dtype=np.uint64),
        )

    def counted_words(self) -> tuple[WordList, npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return the distinct words in full, how often each stands in the names of each field, shape (words, FIELD_COUNT),
        and whether a name begins with it. Words of digits count in names only.
        """
        words = WordList.of([word for word in self.full if word.isalpha()])
        places = {word: place for place, word in enumerate(words)}
        place = np.array([places.get(word, -1) for word in self.full], dtype=np.int64)[self.words]
        counted = place >= 0
        name = row_of_each(self.bounds)
        begins = np.zeros(len(words), dtype=np.bool_)
        begins[place[counted & self._is_first()]] = True
        of_field, times = self.field[name[counted]], self.count[name[counted]]
        return words, _table(place[counted], of_field, times, len(words)), begins

    def _is_first(self) -> npt.NDArray[np.bool_]:
        """Return for each word of each name whether none but THE stands before it."""
        said = self.hashes[self.words] != NO_WORDS.hash
        before = np.cumsum(said) - said
        name = row_of_each(self.bounds)
        is_first: npt.NDArray[np.bool_] = before == before[self.bounds[:-1][name]]
        return is_first

    def counted_names(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
        """Return the hashes of the distinct names, ascending, and how often each stands in each field, shape (names,
        FIELD_COUNT).
        """
        hashes = np.zeros(len(self.field), dtype=np.uint64)
        lengths = np.diff(self.bounds)
        for place in range(int(lengths.max(initial=0))):
            longer = np.flatnonzero(lengths > place)
            word = self.words[self.bounds[longer] + place]
            hashes[longer] = hashes[longer] * self.factors[word] + self.hashes[word]
        named = hashes != NO_WORDS.hash
        distinct, row = np.unique(hashes[named], return_inverse=True)
        return distinct, _table(row, self.field[named], self.count[named], len(distinct))


def _table(
    row: npt.NDArray[np.int64], field: npt.NDArray[np.int64], times: npt.NDArray[np.int64], rows: int
) -> npt.NDArray[np.int64]:
    """Add up by row and field, shape (rows, FIELD_COUNT)."""
    table = np.zeros(rows * FIELD_COUNT, dtype=np.int64)
    np.add.at(table, row * FIELD_COUNT + field, times)
    return table.reshape(rows, FIELD_COUNT)


def _shares(counts: npt.NDArray[np.int64], totals: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    share = counts / np.maximum(totals, 1)[:, None]
    levels = np.full(counts.shape, NO_SHARE, dtype=np.uint8)
    for least, level in reversed(_SHARE_BOUNDS):
        levels[share >= least] = level
    return levels


def _fields(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    told = counts >= np.maximum(1, _LEAST_SHARE_OF_NAME * counts.sum(axis=1))[:, None]
    bits: npt.NDArray[np.uint8] = (told << np.arange(FIELD_COUNT)).sum(axis=1).astype(np.uint8)
    return bits
