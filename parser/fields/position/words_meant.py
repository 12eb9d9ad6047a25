"""Read a slip of a word that points at another place as that word: OPPOSIT 12 is opposite 12."""

from collections.abc import Sequence
from functools import cache

from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.near_words import NearWords
from address_match.parser.lexicon.position_words import PREPOSITIONS, Role, position_words

_FEWEST_BEFORE_A_NUMBER = 5
_FEWEST_BEFORE_A_NAME = 7
"""Letters of a word of which a slip is known there, at least: no house is called by a slip of OPPOSITE."""
_DOOR = "DOOR"
_NEXT = "NEXT"
_TO = "TO"
_GOING_ON = frozenset({Role.RELATION, Role.LEADING})
_MENDED = frozenset({Role.RELATION, Role.LEADING, Role.OBJECT})


def words_meant(tokens: Sequence[str], breaks: Sequence[bool], lexicon: Lexicon) -> Sequence[str]:
    """Return the tokens with slips of words that point at another place mended, where such a phrase may begin or goes
    on.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> words_meant(["NEXTT", "DOR", "TO", "4"], [False] * 4, shipped_lexicon())
    ['NEXT', 'DOOR', 'TO', '4']
    >>> words_meant(["ROSE", "BEHINE", "4"], [False] * 3, shipped_lexicon())
    ['ROSE', 'BEHINE', '4']
    """
    if not tokens or tokens[0][0].isdigit():
        return tokens
    meant: list[str] | None = None
    roles = position_words().roles
    for place in range(len(tokens) - 1):
        written = tokens[place]
        if written in lexicon.flags or written in roles or not written.isalpha():
            continue
        before = (meant or tokens)[place - 1] if place else ""
        if place and not breaks[place] and before not in roles:
            continue
        if word := _word_meant(written, before, tokens[place + 1 : place + 3]):
            meant = meant or list(tokens)
            meant[place] = word
    return meant or tokens


def _word_meant(written: str, before: str, following: Sequence[str]) -> str:
    """Return the word that an unknown one is a slip of, given those on either side; empty where it is none."""
    if before == _NEXT and following[0] == _TO:
        return _DOOR
    goes_on = following[0] in PREPOSITIONS or position_words().roles.get(following[0]) in _GOING_ON
    joined = goes_on or following[-1] == _TO
    numbered = following[0][0].isdigit()
    if not joined and not numbered and before:
        return ""
    word = _pointing_words().near(written)
    if word[:1] != written[0]:
        return ""
    if goes_on or (word == _NEXT and following[-1] == _TO):
        return word
    if numbered:
        return word if len(word) >= _FEWEST_BEFORE_A_NUMBER else ""
    is_relation = position_words().roles[word] is Role.RELATION
    return word if is_relation and len(word) >= _FEWEST_BEFORE_A_NAME else ""


@cache
def _pointing_words() -> NearWords:
    roles = position_words().roles
    return NearWords(word for word, role in roles.items() if role in _MENDED and word.isalpha())
