"""How alike two names are, where one of them may have lost its spaces or stand somewhere in a text."""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, RIGHT_EMPTY
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.names.welsh_streets import in_english

SPACELESS_WEIGHT = np.float32(0.99)
"""A name that agrees only once its spaces are dropped (CORN MILL, CORNMILL) counts a little less than one that agrees."""
LEAST_FOUND = 50.0
"""Partial likeness (0 to 100) below which a name is not found in a text; any two texts share some letters."""

_SAINT = re.compile(r"\b(SAINT [A-Z]{3,}?)S\b")
_SAINT_WITHOUT_S = re.compile(r"\b(SAINT [A-Z]{2,}[A-RT-Z])\b")


def found_in_text(pairs: Pairs, field: str) -> NDArray[np.float32]:
    """Return how well a field of the query is found in any part of the candidate's text, in [0, 1]; -1 where the query
    lacks it.

    What is found in the letters of longer words counts as its share of their letters.
    """
    names, texts = pairs.of_query(field), pairs.whole_text()
    if not any(names.values):
        return np.full(len(pairs), LEFT_EMPTY, dtype=np.float32)
    found = pairs.part_likeness(names, texts, LEAST_FOUND)
    whole = (found >= 1).nonzero()[0]
    asked, held = names.at(pairs.query[whole]), texts.at(pairs.text[whole])
    found[whole] = np.fromiter(map(share_of_words, held, asked), dtype=np.float32, count=len(whole))
    return np.where(found == RIGHT_EMPTY, np.float32(0), found).astype(np.float32)


@lru_cache(maxsize=1 << 17)
def share_of_words(text: str, name: str) -> float:
    """Return the most letters that a name has of the words in which it stands in a text, in (0, 1]; 1 where it stands
    nowhere.

    >>> share_of_words("14A GREENWAY, OTLEY", "GREEN"), share_of_words("7 THE GREEN, OTLEY", "GREEN")
    (0.625, 1.0)
    """
    shares = []
    begins = text.find(name)
    while begins >= 0:
        ends = begins + len(name)
        glued = _letters_before(text, begins) + _letters_behind(text, ends)
        if not glued:
            return 1.0
        shares.append(len(name) / (len(name) + glued))
        begins = text.find(name, ends)
    return max(shares, default=1.0)


def spaceless_likeness(pairs: Pairs, field: str) -> NDArray[np.float32]:
    """Return the likeness of a field of both sides without spaces, weighted, in [0, 1]; 0 where either is empty."""
    likeness = pairs.likeness(
        pairs.of_query(field).map(_without_spaces), pairs.of_text(field).map(_without_spaces), fuzz.ratio
    )
    return np.maximum(likeness, np.float32(0)) * SPACELESS_WEIGHT


def spaced_otherwise(pairs: Pairs, field: str) -> NDArray[np.bool_]:
    """Return for each pair whether both sides write one name of a field with other spaces, or a saint's with and
    without its S.

    CORN MILL and CORNMILL are one, SAINT MARY STREET and SAINT MARYS STREET, STRYD FAWR and HIGH STREET.
    """
    query, text = pairs.of_query(field), pairs.of_text(field)
    if not any(query.values):
        return np.zeros(len(pairs), dtype=bool)
    names = Coded.of_rows([*query.values, *text.values])
    joined = names.map(bare_name).merged()
    of_query, of_text = query.codes[pairs.query], len(query.values) + text.codes[pairs.text]
    otherwise: NDArray[np.bool_] = (
        (joined.codes[of_query] == joined.codes[of_text])
        & (names.codes[of_query] != names.codes[of_text])
        & query.said_at(pairs.query)
    )
    return otherwise


def bare_name(name: str) -> str:
    """Return a name without spaces and without the S of a saint's, that of a Welsh street in English.

    >>> bare_name("SAINT MARYS STREET"), bare_name("STRYD FAWR")
    ('SAINTMARYSTREET', 'HIGHSTREET')
    """
    return _without_spaces(without_possessive(in_english(name)))


def without_possessive(street: str) -> str:
    """Return a street's name without the S behind its saint's, which comes and goes: SAINT PETERS STREET."""
    return _SAINT.sub(r"\1", street) if "SAINT " in street else street


def saint_otherwise(street: str) -> str:
    """Return a street's name with the S behind its saint's where it lacks one, and without where it has one.

    >>> saint_otherwise("SAINT MARY STREET"), saint_otherwise("SAINT MARYS STREET"), saint_otherwise("ELM ROAD")
    ('SAINT MARYS STREET', 'SAINT MARY STREET', 'ELM ROAD')
    """
    without = without_possessive(street)
    return without if without != street else _SAINT_WITHOUT_S.sub(r"\1S", street)


def keep_empty(markers: NDArray[np.float32], values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put the marker of the empty field back where a value says nothing."""
    return np.where((markers < 0) & (values <= 0), markers, np.maximum(values, 0)).astype(np.float32)


def _letters_before(text: str, end: int) -> int:
    """Count the letters that stand in one run before a place of a text."""
    first = end
    while first and text[first - 1].isalpha():
        first -= 1
    return end - first


def _letters_behind(text: str, start: int) -> int:
    """Count the letters that stand in one run from a place of a text on."""
    behind = start
    while behind < len(text) and text[behind].isalpha():
        behind += 1
    return behind - start


def _without_spaces(name: str) -> str:
    return name.replace(" ", "")
