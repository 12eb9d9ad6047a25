"""Whether two names of streets are two by every word that tells them, so that no spelling makes one of the other."""

from functools import lru_cache

from rapidfuzz import fuzz

from address_match.service.matching.features.names.name_likeness import without_possessive
from address_match.service.matching.features.names.welsh_streets import WELSH_TYPES
from address_match.service.matching.features.streets.phonetic_key import sound
from address_match.service.matching.features.streets.street import OTHER_NAME_BELOW, street_types

HEARD_FROM = 0.4
"""Likeness of letters below which two names that only sound somewhat alike are two, since few consonants are easily
shared: KINGS and QUEENS.
"""


@lru_cache(maxsize=1 << 14)
def are_unlike(query: str, candidate: str) -> bool:
    """Return whether one name of a street is none of the other by letters, sound, short form or translation.

    >>> are_unlike("BIRCH CLOSE", "ALDER CLOSE"), are_unlike("SAINT LAWRENCE ROAD", "SAINT LEONARDS ROAD")
    (True, True)
    >>> are_unlike("KINGS ROAD", "QUEENS ROAD")
    True
    >>> are_unlike("BIRHC CLOSE", "BIRCH CLOSE"), are_unlike("M KING WAY", "MARTIN KING WAY"), are_unlike("HEOL YR YSGOL", "SCHOOL ROAD")
    (False, False, False)
    """
    if _is_welsh(query) != _is_welsh(candidate):
        return False
    q_words, c_words = (without_possessive(name).split() for name in (query, candidate))
    types = street_types()
    q_more = [word for word in q_words if word not in c_words and word not in types]
    c_more = [word for word in c_words if word not in q_words and word not in types]
    if not q_more or not c_more or any(_may_be_short(q, c) for q in q_more for c in c_more):
        return False
    written = "".join(q_more), "".join(c_more)
    heard = sound(written[0]), sound(written[1])
    if fuzz.ratio(*written) < 100 * HEARD_FROM:
        return heard[0] != heard[1]
    return max(fuzz.ratio(*written), fuzz.ratio(*heard)) < 100 * OTHER_NAME_BELOW


def _is_welsh(street: str) -> bool:
    return street.partition(" ")[0] in WELSH_TYPES


def _may_be_short(one: str, other: str) -> bool:
    """Return whether one word may be the other in short, as its first letters or one of them: M for MARTIN."""
    return one.startswith(other) or other.startswith(one)
