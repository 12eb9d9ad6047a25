"""Words in place of which a name has their initials: CC for CRICKET CLUB, COUNTY COUNCIL or COMMUNITY CENTRE, as the
other name says.
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?<![^\W\d_])(?:[BCDFGHJ-NP-TV-XZ]{2,4}|[AR]U?[FT]C)(?![^\W\d_])")
"""Letters that hardly are a word, for want of a vowel."""


def may_be_initials(word: str) -> bool:
    """Return whether a word may be the initials of others.

    >>> may_be_initials("CC"), may_be_initials("AFC"), may_be_initials("ASH")
    (True, True, False)
    """
    return _INITIALS.fullmatch(word) is not None


def initials_in_full(name: str, other: str) -> str:
    """Return a name with words of another in place of their initials.

    >>> initials_in_full("ELMLEY CC", "ELMLEY CRICKET CLUB"), initials_in_full("ELMLEY CC", "ELMLEY CLUB")
    ('ELMLEY CRICKET CLUB', 'ELMLEY CC')
    """
    if not _INITIALS.search(name):
        return name
    return _INITIALS.sub(lambda match: words_of_initials(match[0], other) or match[0], name)


@lru_cache(maxsize=1 << 14)
def words_of_initials(initials: str, text: str) -> str:
    """Return the words side by side in a text that have some initials; an empty string where none do."""
    words = _WORD.findall(text)
    size = len(initials)
    for place in range(len(words) - size + 1):
        chosen = words[place : place + size]
        if all(len(word) > 1 and word[0] == letter for word, letter in zip(chosen, initials, strict=True)):
            return " ".join(chosen)
    return ""
