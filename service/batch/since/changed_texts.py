"""The words of changed texts, and the pairs of words by which a row may mean one of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.local.compared.changed_reference import ChangedReference
from address_match.parser.recognisers.postcode import is_incode
from address_match.ragged import bounds_of

_RAREST_OF_STREET = _RAREST_OF_NAME = 2
"""Words of a street, and of a name, that say where a premises is."""
_RAREST_AS_DOORS = 3
"""Words of a name that say which premises it is, as numbers do."""
_LONGEST_RANGE = 200
"""Houses of a range at most whose numbers are each its own."""
WIDTH = 1 << 32
"""Two numbers become one: the first times this, and the second."""


@dataclass(frozen=True, slots=True)
class ChangedTexts:
    """Texts of a reference that changed; their words are places among the distinct words of all of them."""

    places: dict[str, int]
    """The place of each word."""
    rarity: NDArray[np.float64]
    """Of each place."""
    words: NDArray[np.int64]
    """The words of each text, a ragged array."""
    bounds: NDArray[np.int64]
    numbers: NDArray[np.int64]
    """Text and word as one number, of each number of a house or a flat that a text asks for; ascending. The ends of a
    range are none.
    """
    allowed: NDArray[np.int64]
    """Text and word as one number, of each word that a row may say and mean the text: its words, and the houses of its
    range; ascending.
    """
    is_door: NDArray[np.bool_]
    """Of each place, whether its word is the first of a pair."""
    is_anchor: NDArray[np.bool_]
    """Whether it is the second of one."""
    pairs: NDArray[np.int64]
    """Two words as one number, the one of which says which premises and the other where; distinct, ascending."""
    pair_texts: NDArray[np.int64]
    """The texts of each pair, a ragged array."""
    pair_bounds: NDArray[np.int64]
    telling: NDArray[np.int64]
    """Words of each text by which the texts of its premises before and now are told apart, a ragged array."""
    telling_bounds: NDArray[np.int64]
    telling_bits: NDArray[np.uint64]
    """The `bits_of` these words, joined, of each text."""
    may_be_as_before: NDArray[np.bool_]
    """Of each text, whether its premises changed, and is neither new nor gone."""
    changes: tuple[str, ...]
    """How the premises of each text changed."""

    @classmethod
    def of(cls, changed: ChangedReference) -> "ChangedTexts":
        """Read the texts of a reference that changed."""
        rows = changed.texts.to_pylist()
        read = cache(terms)
        roles = [_roles(row, read) for row in rows]
        places: dict[str, int] = {}
        for each in roles:
            for word in (*each.words, *each.houses):
                places.setdefault(word, len(places))
        ids = np.fromiter(map(term_id, places), dtype=np.int64, count=len(places))
        rarity = changed.look_up(ids)[2] if len(ids) else np.empty(0)
        words = [sorted(places[word] for word in each.words) for each in roles]
        pairs = [
            (door * WIDTH + anchor, text)
            for text, each in enumerate(roles)
            for door, anchor in each.pairs(places, rarity)
        ]
        keys, texts = _columns(pairs)
        order = np.lexsort((texts, keys))
        telling = _telling(rows, words)
        distinct, lengths = np.unique(keys[order], return_counts=True)
        return cls(
            places=places,
            rarity=rarity,
            words=_flat(words),
            bounds=bounds_of(np.fromiter(map(len, words), dtype=np.int64, count=len(words))),
            numbers=_joined((places[word] for word in each.numbers) for each in roles),
            allowed=_joined((places[word] for word in (*each.words, *each.houses)) for each in roles),
            is_door=_which(distinct // WIDTH, len(places)),
            is_anchor=_which(distinct % WIDTH, len(places)),
            pairs=distinct,
            pair_texts=texts[order],
            pair_bounds=bounds_of(lengths),
            telling=_flat(telling),
            telling_bounds=bounds_of(np.fromiter(map(len, telling), dtype=np.int64, count=len(telling))),
            telling_bits=_joined_bits(telling),
            may_be_as_before=np.array([row["change"] == "changed" for row in rows], dtype=np.bool_),
            changes=tuple(row["change"] for row in rows),
        )


@dataclass(frozen=True, slots=True)
class _Roles:
    """The words of a text by what they say."""

    words: frozenset[str]
    numbers: frozenset[str]
    """Of the house or the flat, except for the ends of a range."""
    houses: frozenset[str]
    """The numbers of a range."""
    names: frozenset[str]
    """Words of a building or a business."""
    street: frozenset[str]
    """Words of the street, or of the place where no street is named."""
    postcode: frozenset[str]

    def pairs(self, places: dict[str, int], rarity: NDArray[np.float64]) -> Iterable[tuple[int, int]]:
        """Return the pairs of words, by their places, by which the text may be meant."""

        def rarest(words: Iterable[str], most: int) -> set[str]:
            return set(sorted(words, key=lambda word: (-rarity[places[word]], word))[:most])

        doors = {*self.numbers, *self.houses, *rarest(self.names, _RAREST_AS_DOORS)}
        if not doors:  # a street as a whole is meant by its own words
            doors = rarest(self.street, _RAREST_OF_STREET)
        anchors = {word for word in self.postcode if is_incode(word)}
        anchors |= rarest(self.street, _RAREST_OF_STREET) | rarest(self.names, _RAREST_OF_NAME)
        return [(places[door], places[anchor]) for door in doors for anchor in anchors if door != anchor]


def _roles(text: dict[str, Any], read: Callable[[str], Iterable[str]]) -> _Roles:
    postcode = frozenset(read(text["postcode"]))
    words = frozenset(read(text["address"])) | postcode
    place = frozenset(word for name in ("locality", "town", "county") for word in read(text[name]))
    street = frozenset(read(text["street"])) & words  # a word with a figure among them: FIRST is filed as 1ST
    numbers = frozenset(word for word in words - postcode - street if any(map(str.isdigit, word)))
    first, last = text["number"], text["number_end"]
    houses = range(first, last + 1) if 0 <= first < last <= first + _LONGEST_RANGE else range(0)
    ends = {str(first), str(last)} if houses else set()
    return _Roles(
        words=words,
        numbers=numbers - ends,
        houses=frozenset(map(str, houses)),
        names=words - postcode - street - place - numbers,
        street=street or place & words,
        postcode=postcode,
    )


def _telling(rows: Sequence[dict[str, Any]], words: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the words that stand on one side alone of the texts of the premises of each text."""
    sides: dict[str, tuple[set[int], set[int]]] = {}
    for row, own in zip(rows, words, strict=True):
        sides.setdefault(row["uprn"], (set(), set()))[row["is_now"]].update(own)
    told = {uprn: sorted(before ^ now) for uprn, (before, now) in sides.items()}
    return [told[row["uprn"]] for row in rows]


def bits_of(words: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return one bit of 64 for each word, so that those of several words can be joined and compared at once."""
    return np.uint64(1) << (words.astype(np.uint64) % np.uint64(64))


def _joined_bits(words_of_texts: Sequence[Sequence[int]]) -> NDArray[np.uint64]:
    bits = (bits_of(np.array(words, dtype=np.int64)) for words in words_of_texts)
    return np.array([np.bitwise_or.reduce(each) for each in bits], dtype=np.uint64)


def _which(places: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    found = np.zeros(count, dtype=np.bool_)
    found[places] = True
    return found


def _flat(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    return np.array([value for row in rows for value in row], dtype=np.int64)


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _joined(words_of_texts: Iterable[Iterable[int]]) -> NDArray[np.int64]:
    """Return text and word as one number, ascending."""
    return np.unique(
        np.array(
            [text * WIDTH + word for text, words in enumerate(words_of_texts) for word in words], np.int64
        )
    )
