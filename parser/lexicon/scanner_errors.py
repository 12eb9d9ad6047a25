"""Words as they were meant where a scanner took letters for digits, or a hurried hand left the vowels out."""

import re
from collections.abc import Container
from itertools import product

_LOOK_ALIKES = {"0": "O", "1": "LI", "2": "Z", "5": "S", "6": "G", "8": "B"}
_LETTERS_FOR_DIGITS = str.maketrans("012345678", "OIZEASGTB")
_MOST_DIGITS = 2
_FEWEST_LETTERS = 3
_TWO_DIGITS = re.compile(r"[0-9]{2}")
_DIGIT = re.compile(r"[0-9]")
_CONSONANTS = re.compile(r"[^AEIOUY]+")
_EASILY_SAID = 2
"""Consonants in a row."""
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


def letters_for_digits(text: str) -> str:
    """Return a token with the likest letter for each of its digits.

    >>> letters_for_digits("C0TTAG3")
    'COTTAGE'
    """
    return text.translate(_LETTERS_FOR_DIGITS)


def word_meant(text: str, known: Container[str]) -> str:
    """Return the word that a token with digits among its letters stands for: one that is known, or else the one that can be said.

    The token itself where it is none, or a known word with a number and a letter: BLOCK1A.

    >>> [word_meant(text, {"SALFORD", "BLOCK", "N"}) for text in ("SA1FORD", "OAKF1ELD", "BLOCK1A", "N0USE")]
    ['SALFORD', 'OAKFIELD', 'BLOCK1A', 'NOUSE']
    """
    choices = words_meant(text)
    before = _DIGIT.split(text, maxsplit=1)[0]
    if not choices or (len(before) >= _FEWEST_LETTERS and before in known):
        return text
    return next((word for word in choices if word in known), min(choices, key=_hard_to_say))


def _hard_to_say(word: str) -> int:
    """Return the number of letters of the longest run of consonants, those of two and fewer aside."""
    longest = max(map(len, _CONSONANTS.findall(word)), default=0)
    return longest if longest > _EASILY_SAID else 0


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
