"""Keys of names: a name has one key however it is abbreviated, hyphenated or led by THE.

A word has a hash h and a factor m; words that follow one another have the hash h1·m2 + h2 and the factor m1·m2, modulo
2^64, so that the key of any run of words comes from the keys of its parts.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.short_forms import COMPASS, SHORT_WORDS, WRITTEN_OUT

_FACTOR = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio, made odd, as in Knuth's multiplicative hashing (TAOCP 3, 6.4)."""
_WITHIN_64_BITS = (1 << 64) - 1
_SAME_WORDS: Mapping[str, str] = {
    **WRITTEN_OUT,
    **SHORT_WORDS,
    **COMPASS,
    "ST": "STREET",
    "SAINT": "STREET",
}
"""ST is street and saint at once, so both have its key."""


class WordKey(NamedTuple):
    """The key of a word or of a run of words."""

    hash: int
    factor: int

    def then(self, following: "WordKey") -> "WordKey":
        """Return the key of this run and the following one together."""
        return WordKey(
            (self.hash * following.factor + following.hash) & _WITHIN_64_BITS,
            (self.factor * following.factor) & _WITHIN_64_BITS,
        )


NO_WORDS = WordKey(0, 1)
"""The key of nothing, and of THE."""


def full_word(word: str, lexicon: Lexicon) -> str:
    """Write one folded word in full where it is a known abbreviation: RD is ROAD, and HSE is HOUSE."""
    known = _SAME_WORDS.get(word)
    if known is not None:
        return known
    return lexicon.street_types.get(word) or lexicon.building_types.get(word) or word


def word_key(word: str, lexicon: Lexicon) -> WordKey:
    """Return the key of a folded token; one with hyphens has the key of its parts.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> lexicon = shipped_lexicon()
    >>> word_key("STOKE-ON-TRENT", lexicon) == name_key(["STOKE", "ON", "TRENT"], lexicon)
    True
    """
    if "-" in word:
        return name_key([part for part in word.split("-") if part], lexicon)
    if word == "THE":
        return NO_WORDS
    digest = blake2b(full_word(word, lexicon).encode(), digest_size=8).digest()
    return WordKey(int.from_bytes(digest, "little"), _FACTOR)


def name_key(words: Sequence[str], lexicon: Lexicon) -> WordKey:
    """Return the key of a name.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> lexicon = shipped_lexicon()
    >>> name_key(["THE", "ELM", "RD"], lexicon) == name_key(["ELM", "ROAD"], lexicon)
    True
    """
    key = NO_WORDS
    for word in words:
        key = key.then(word_key(word, lexicon))
    return key
