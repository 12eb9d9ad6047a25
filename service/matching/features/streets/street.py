"""How the street that a query names compares with a candidate's, and how large that is."""

from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.parser.lexicon.files import rows_of
from address_match.parser.lexicon.numerals import FIGURES
from address_match.service.matching.features.columns.distinct_pairs import RIGHT_EMPTY
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field, like_or_not
from address_match.service.matching.features.names.building_as_street import rows_of_buildings_as_streets
from address_match.service.matching.features.names.name_likeness import (
    found_in_text,
    keep_empty,
    spaceless_likeness,
    without_possessive,
)
from address_match.service.matching.features.names.qualifiers import OPPOSITES
from address_match.service.matching.features.names.welsh_streets import in_english
from address_match.service.matching.features.streets.phonetic_key import sound

SAME_STREET = 0.8
"""Likeness from which two names are taken for one street with a slip: by the relation of a candidate and by the words
of an explanation, which a clerk reads beside both addresses.
"""
STANDS_IN_TEXT = 1.0
"""Likeness anywhere at which the query's street stands in a text letter by letter, whatever street that names besides."""
OTHER_NAME_BELOW = 0.6
"""Likeness, types left out, by letters and by sound, below which two names are no slips of each other."""
STREET_HELD_ABOVE = 0.9
"""Likeness above which the reference counts as holding the query's street. Nobody looks at this one, and the likest of
dozens of candidates decides: at 0.8 a street that is not held nearly always has one that looks like it.
"""
LARGE_STREET = 1_000.0
"""Premises of one street from which its size is 1."""


class StreetTypeLevel(IntEnum):
    """The last word of the query's street (ROAD, CLOSE) beside the candidate's."""

    NEITHER = 0
    EQUAL = 1
    ONE_LACKS = 2
    DIFFERENT = 3


def street_likeness(pairs: Pairs) -> NDArray[np.float32]:
    """Return the likeness of the streets, in [0, 1]; -1 where the query, -2 where the candidate names none."""
    query, text = (
        pairs.of_query("street").map(_compared),
        pairs.of_text("street").map(_compared),
    )
    whole = pairs.likeness(query, text, fuzz.ratio)
    return _told(pairs, keep_empty(whole, np.maximum(whole, spaceless_likeness(pairs, "street"))))


def street_name_likeness(pairs: Pairs) -> NDArray[np.float32]:
    """Return the likeness of the streets without their types, in [0, 1]; -1 / -2 as `street_likeness`."""
    query, text = pairs.of_query("street").map(_street_name), pairs.of_text("street").map(_street_name)
    return _told(pairs, pairs.likeness(query, text, fuzz.ratio))


def street_sound(pairs: Pairs) -> NDArray[np.float32]:
    """Return how alike the streets sound without their types, in [0, 1]; -1 / -2 as `street_likeness`."""
    query, text = pairs.of_query("street").map(_street_sound), pairs.of_text("street").map(_street_sound)
    return _told(pairs, pairs.likeness(query, text, fuzz.ratio))


def street_anywhere(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's street is found in any part of the candidate's text, in [0, 1]; -1 where it names
    none.
    """
    return _told_by_numerals(pairs, found_in_text(pairs, "street"))


def street_type_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `StreetTypeLevel` per pair."""
    query = pairs.of_query("street").map(_street_type).merged()
    text = pairs.of_text("street").map(_street_type).merged()
    level = pairs.distinct(query, text).apply(_compare_types)
    level[rows_of_buildings_as_streets(pairs)] = int(StreetTypeLevel.NEITHER)
    return level


def street_size(pairs: Pairs) -> NDArray[np.float32]:
    """Return the size of the candidate's street, the logarithm of its premises, in [0, 1]; -1 where it has no street."""
    return size_of_street(pairs.text_numbers("street_premises"))


def size_of_street(premises: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return `street_size` by the number of premises on a street, 0 where there is no street."""
    size = np.minimum(np.log1p(np.maximum(premises, 0)) / np.log1p(LARGE_STREET), 1)
    return np.where(premises > 0, size, -1).astype(np.float32)


def _told(pairs: Pairs, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let nothing stand of the likeness of streets that their numerals tell apart, and of texts that name a building
    for one.
    """
    likeness = _told_by_numerals(pairs, likeness)
    likeness[rows_of_buildings_as_streets(pairs)] = RIGHT_EMPTY
    return likeness


def _told_by_numerals(pairs: Pairs, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let nothing stand of the likeness of streets that are told apart by their numerals."""
    rows = _rows_of_other_numerals(pairs)
    if len(rows):
        likeness[rows] = np.minimum(likeness[rows], 0)
    return likeness


@once_per_batch
def _rows_of_other_numerals(pairs: Pairs) -> NDArray[np.int64]:
    """Return the pairs whose streets are told apart by what differs in little: THIRD AVENUE is not FOURTH AVENUE, nor
    EAST WEST.
    """
    query = pairs.of_query("street").map(_telling_words)
    if not any(query.values):
        return np.empty(0, dtype=np.int64)
    text = pairs.of_text("street").map(_telling_words)
    return pairs.distinct(query.merged(), text.merged()).apply(_differ).nonzero()[0]


@cache
def street_types() -> frozenset[str]:
    """Return the words that end the names of streets, in full: ROAD, CLOSE."""
    return frozenset(row[0] for row in rows_of("street_types.tsv") if row[2] != "before")


def _compared(street: str) -> str:
    return in_english(without_possessive(street))


def _street_type(street: str) -> str:
    last = in_english(street).rpartition(" ")[2]
    return last if last in street_types() else ("?" if street else "")


def _street_name(street: str) -> str:
    name, _, last = _compared(street).rpartition(" ")
    return name if name and last in street_types() else street


def _street_sound(street: str) -> str:
    return sound(_street_name(street))


@lru_cache(maxsize=1 << 14)
def _telling_words(street: str) -> str:
    """Return the numerals of a street's name as they are filed, 4TH for FOURTH, and its words of `_OPPOSITES`, by their
    group.

    >>> _telling_words("UPPER FOURTH STREET EAST"), _telling_words("ELM ROAD")
    ('0:4TH 1:EAST 2:UPPER', '')
    """
    told = []
    for word in street.split():
        filed = CANONICAL_WORDS.get(word, word)
        if filed[0].isdigit():
            told.append(f"{_NUMERAL}:{filed}")
            if word in FIGURES:
                told.append(f"{_IN_WORDS}:{filed}")
        elif group := _OPPOSITES.get(word):
            told.append(f"{group}:{word}")
    return " ".join(sorted(told))


@lru_cache(maxsize=1 << 14)
def _differ(query: str, candidate: str) -> int:
    """Return 1 where both say something of one group and not the same, or the query alone names a saint, PETER STREET
    is another, or a numeral in words: so is FERRY STREET beside TWO FERRY STREET.
    """
    q, c = _by_group(query), _by_group(candidate)
    lacks_saint = _SAINTS in q and _SAINTS not in c
    lacks_numeral = _IN_WORDS in q and _NUMERAL not in c
    return int(lacks_saint or lacks_numeral or any(q[group] != c[group] for group in q.keys() & c.keys()))


def _by_group(told: str) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for word in told.split():
        group, _, said = word.partition(":")
        groups[group] = (*groups.get(group, ()), said)
    return groups


_NUMERAL = "0"
_SAINTS, _IN_WORDS = map(str, range(len(OPPOSITES) + 1, len(OPPOSITES) + 3))
"""Groups behind those of `OPPOSITES`: saints, and cardinals in words, which in figures may be the number of the house."""
_OPPOSITES = {word: group for group, words in enumerate((*OPPOSITES, ("SAINT",)), 1) for word in words}
"""Words of which one street has one and its neighbour another, by their group."""


@lru_cache(maxsize=1 << 12)
def _compare_types(query: str, candidate: str) -> int:
    if not query or not candidate or (query == "?" and candidate == "?"):
        return int(StreetTypeLevel.NEITHER)
    if query == candidate:
        return int(StreetTypeLevel.EQUAL)
    return int(StreetTypeLevel.ONE_LACKS if "?" in (query, candidate) else StreetTypeLevel.DIFFERENT)


STREET = Feature.likeness("street", Field.STREET, street_likeness, like_or_not(SAME_STREET))
STREET_NAME = Feature.likeness("street_name", Field.STREET, street_name_likeness)
STREET_SOUND = Feature.likeness("street_sound", Field.STREET, street_sound)
STREET_ANYWHERE = Feature.likeness("street_anywhere", Field.STREET, street_anywhere)
STREET_TYPE = Feature(
    name="street_type", field=Field.STREET, compute=street_type_level, levels=StreetTypeLevel
)
STREET_SIZE = Feature(name="crowding", field=Field.STREET, compute=street_size, unsaid=1)
