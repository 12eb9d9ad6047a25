"""Whether a candidate stands on the street that is asked for, or on another of a like name: a fact for rules, which
rankers do not see.
"""

from operator import eq

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.name_likeness import share_of_words
from address_match.service.matching.features.names.welsh_streets import in_english
from address_match.service.matching.features.places.postcode import PostcodeLevel, postcode_level
from address_match.service.matching.features.streets.compare_streets import (
    NEAR_NAMESAKE,
    StreetIdentity,
    compare_streets,
)
from address_match.service.matching.features.streets.short_words import SHORT_WORDS
from address_match.service.matching.features.streets.street import street_types
from address_match.service.matching.features.streets.unlike_streets import are_unlike

COMPARED_FROM = 0.55
"""Likeness by letters from which two names are compared word by word; below it they are two streets anyway."""


@once_per_batch
def street_identity(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `StreetIdentity` per pair."""
    query, text = pairs.of_query("street"), pairs.of_text("street")
    level = np.full(len(pairs), int(StreetIdentity.UNSAID))
    if not any(query.values):
        return level
    said = query.said_at(pairs.query) & text.said_at(pairs.text)
    level[said] = int(StreetIdentity.OTHER)
    rows = (
        said & (pairs.likeness(query.map(in_english), text.map(in_english), fuzz.ratio) >= COMPARED_FROM)
    ).nonzero()[0]
    names = zip(query.at(pairs.query[rows]), text.at(pairs.text[rows]), strict=True)
    level[rows] = np.fromiter((compare_streets(q, c) for q, c in names), dtype=np.int64, count=len(rows))
    level[_misspelt_words(pairs, level)] = int(StreetIdentity.NEARLY)
    level[_both_named(pairs, level)] = int(StreetIdentity.BOTH_NAMED)
    level[_unlike(pairs, level)] = int(StreetIdentity.UNLIKE)
    return level


def _misspelt_words(pairs: Pairs, level: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of which the query's short word that differs in a letter is none that is known."""
    rows: NDArray[np.int64] = (level == int(StreetIdentity.OTHER_WORD)).nonzero()[0]
    if not len(rows):
        return rows
    asked = pairs.of_query("street").at(pairs.query[rows])
    held = pairs.of_text("street").at(pairs.text[rows])
    unknown = [
        not _knows_any(pairs, set(q.split()) - set(c.split())) for q, c in zip(asked, held, strict=True)
    ]
    misspelt: NDArray[np.int64] = rows[np.array(unknown, dtype=bool)]
    return misspelt


def _knows_any(pairs: Pairs, words: set[str]) -> bool:
    """Return whether streets are called after one of some words, or a text of the reference holds one."""
    if not words.isdisjoint(SHORT_WORDS):
        return True
    ids = np.array([term_id(term) for term in terms(" ".join(words))], dtype=np.int64)
    return bool((pairs.statistics.frequencies(ids) > 0).any())


def _both_named(pairs: Pairs, level: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of which one side says in its whole text what the other names as its street.

    Of two names of which one holds the other it must be the longer one, since WOOD LANE stands in WOOD LANE NORTH, LANE
    in any, and CHURCH in CHRIST CHURCH ROAD: parses differ in where a street ends. What is the whole name of the other
    side's building may be as short as THE PARADE.
    """
    types = street_types()
    rows = is_one_of(level, (StreetIdentity.OTHER, *NEAR_NAMESAKE)).nonzero()[0]
    if not len(rows):
        return rows
    query, text = pairs.query[rows], pairs.text[rows]
    asked, held = pairs.of_query("street").at(query), pairs.of_text("street").at(text)
    in_text = np.fromiter(map(_stands_in, pairs.whole_text().at(text), asked), dtype=bool, count=len(rows))
    in_query = np.fromiter(map(_stands_in, pairs.whole_query().at(query), held), dtype=bool, count=len(rows))
    longer = np.fromiter(map(len, asked), dtype=np.int64, count=len(rows))
    longer -= np.fromiter(map(len, held), dtype=np.int64, count=len(rows))
    near = level[rows] != int(StreetIdentity.OTHER)
    near |= np.fromiter(map(_is_a_word_of, asked, held), dtype=bool, count=len(rows))
    near |= np.fromiter(map(_is_a_word_of, held, asked), dtype=bool, count=len(rows))
    near |= np.fromiter(
        (not types.isdisjoint(names) for names in zip(asked, held, strict=True)), dtype=bool, count=len(rows)
    )
    both: NDArray[np.bool_] = (in_text & ~(near & (longer < 0))) | (in_query & ~(near & (longer > 0)))
    buildings = pairs.of_query("building").at(query), pairs.of_text("building").at(text)
    both |= np.fromiter(map(eq, asked, buildings[1]), dtype=bool, count=len(rows))
    both |= np.fromiter(map(eq, held, buildings[0]), dtype=bool, count=len(rows))
    return rows[both]


def _unlike(pairs: Pairs, level: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of one full postcode whose streets are two by every word that tells them."""
    rows: NDArray[np.int64] = (
        (level == int(StreetIdentity.OTHER)) & (postcode_level(pairs) == int(PostcodeLevel.UNIT))
    ).nonzero()[0]
    if not len(rows):
        return rows
    names = zip(
        pairs.of_query("street").at(pairs.query[rows]),
        pairs.of_text("street").at(pairs.text[rows]),
        strict=True,
    )
    unlike = np.fromiter((are_unlike(q, c) for q, c in names), dtype=bool, count=len(rows))
    of_pairs: NDArray[np.int64] = rows[unlike]
    return of_pairs


def _is_a_word_of(street: str, longer: str) -> bool:
    """Return whether a name without a type stands behind the first word of a longer one.

    One at the beginning may be a street by itself, and the rest another.

    >>> _is_a_word_of("CHURCH", "CHRIST CHURCH ROAD"), _is_a_word_of("CHURCH", "THE CHURCH")
    (True, True)
    >>> _is_a_word_of("CHURCH", "CHURCH ROAD"), _is_a_word_of("KIRKGATE", "KIRKGATE MINSTER YARD")
    (False, False)
    """
    return (
        _stands_in(longer, street)
        and not longer.startswith(street)
        and street.rpartition(" ")[2] not in street_types()
    )


def _stands_in(text: str, street: str) -> bool:
    """Return whether a text says a street in words of its own, not in the letters of another: GREEN stands not in
    GREENWAY.
    """
    return street in text and share_of_words(text, street) == 1


STREET_IDENTITY = Feature(
    name="street_identity",
    field=Field.STREET,
    compute=street_identity,
    levels=StreetIdentity,
    silent=StreetIdentity.UNSAID,
    ranked=False,
)
