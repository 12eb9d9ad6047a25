"""In which field of an address a word of the query stands, and whether the candidate says anything in it."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.texts.coded_strings import JOINT
from address_match.service.matching.features.names.building_as_street import rows_of_buildings_as_streets
from address_match.service.matching.features.words.asked_words import AskedWords


class WordField(IntEnum):
    """The part of an address in which a word of the query stands."""

    OTHER = 0
    NAME = 1
    """Of a building or an organisation."""
    STREET = 2
    PLACE = 3


_FIELDS: tuple[tuple[WordField, tuple[str, ...]], ...] = (
    (WordField.PLACE, ("locality", "town", "county")),
    (WordField.NAME, ("building", "organisation")),
    (WordField.STREET, ("street",)),
)
"""The columns of the parsed fields that hold the words of each; a word of two fields counts to the last."""


def word_fields(asked: AskedWords) -> NDArray[np.int8]:
    """Return the `WordField` of every word of the queries, shape (words,)."""
    fields = np.zeros(len(asked.words.words), dtype=np.int8)
    owner = asked.words.owner.tolist()
    for field, columns in _FIELDS:
        texts = zip(*(asked.pairs.of_query(column).rows() for column in columns), strict=True)
        words = [filed_words(JOINT.join(text)) for text in texts]
        stands = [word in words[query] for word, query in zip(asked.words.words, owner, strict=True)]
        fields[np.array(stands, dtype=bool)] = int(field)
    return fields


def said_by_candidate(
    asked: AskedWords, positions: NDArray[np.int64], fields: NDArray[np.int8]
) -> NDArray[np.bool_]:
    """Return for some positions whether the candidate says something in the field of the word, in their shape."""
    if not len(positions):
        return np.zeros(0, dtype=bool)
    pairs = asked.pairs
    says = np.zeros((len(WordField), len(pairs.candidates.texts)), dtype=bool)
    for field, columns in _FIELDS:
        for column in columns:
            says[field] |= pairs.of_text(column).said_by_row()
    pair, field_of = asked.pair_of[positions], fields[asked.word_of[positions]]
    found: NDArray[np.bool_] = says[field_of, pairs.text[pair]]
    no_street = np.zeros(len(pairs), dtype=bool)
    no_street[rows_of_buildings_as_streets(pairs)] = True
    found &= ~(no_street[pair] & (field_of == int(WordField.STREET)))
    return found


@lru_cache(maxsize=1 << 16)
def filed_words(texts: str) -> frozenset[str]:
    """Return the words of joined columns in the spelling in which words are filed."""
    return frozenset(CANONICAL_WORDS.get(word, word) for word in texts.replace(JOINT, " ").split())
