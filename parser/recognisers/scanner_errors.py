"""Words as they were meant where a scanner took letters for digits, or a hurried hand left the vowels out."""

import re
from itertools import product

_LOOK_ALIKES = {"0": "O", "1": "LI", "2": "Z", "5": "S", "6": "G", "8": "B"}
_MOST_DIGITS = 2
_FEWEST_LETTERS = 3
_TWO_DIGITS = re.compile(r"[0-9]{2}")
_VOWELS = frozenset("AEIOU")
_SHORTEST_SKELETON = 3


def words_meant(text: str) -> tuple[str, ...]:
    """Return the words that a token of letters with a digit or two among them may stand for; none of other tokens.

    Digits at the end, or before all letters, may be a number that stands too close: those are not read as letters.

    >>> words_meant("SO1IHULL"), words_meant("IPSWI0H"), words_meant("FLAT3"), words_meant("12A")
    (('SOLIHULL', 'SOIIHULL'), ('IPSWIOH',), (), ())
    """
    digits = sum(character.isdigit() for character in text)
    if not 0 < digits <= _MOST_DIGITS or not text.isalnum() or len(text) - digits < _FEWEST_LETTERS:
        return ()
    if not (text[0].isalpha() and text[-1].isalpha()) or _TWO_DIGITS.search(text):
        return ()
    choices = [_LOOK_ALIKES.get(c, "") if c.isdigit() else c for c in text]
    return tuple("".join(letters) for letters in product(*choices))


def skeleton(word: str) -> str:
    """Return a word without the vowels behind its first letter; nothing of one that keeps fewer than three letters.

    >>> skeleton("BARNSLEY"), skeleton("ELM")
    ('BRNSLY', 'ELM')
    """
    bare = word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
    return bare if len(bare) >= _SHORTEST_SKELETON else ""


def lacks_vowels(text: str) -> bool:
    """Return whether a token of letters may be the skeleton of a word."""
    return len(text) >= _SHORTEST_SKELETON and text.isalpha() and not _VOWELS.intersection(text[1:])
