"""The words of parts of buildings that stand before a number, as a text in which nothing is folded yet may write them."""

import re
from functools import cache

from address_match.parser.lexicon.files import rows_of, words_of_cell

_LONGEST_WORD = 16
_LAST_WORD_BUT_NO = re.compile(r"([A-Za-z]+)[\s.:#-]*(?:\b(?i:no|number)\b[\s.:#-]*)?\Z")
_FEWEST_LETTERS = 3


@cache
def unit_words() -> frozenset[str]:
    """Return the words for parts of buildings and their abbreviations, in upper case."""
    return frozenset(word for row in rows_of("unit_words.tsv") for word in (row[0], *words_of_cell(row[1])))


def follows_unit_word(match: re.Match[str]) -> bool:
    """Return whether the word before a match is one for a part of a building: FLAT 7.5 is a flat of its own."""
    before = _LAST_WORD_BUT_NO.search(match.string, max(0, match.start() - _LONGEST_WORD), match.start())
    return before is not None and before[1].upper() in unit_words()


@cache
def glued_unit_word() -> re.Pattern[str]:
    """Return the pattern of a word for a part and what stands between it and its number: FLAT2, UNIT-10."""
    words = sorted(
        (w for w in unit_words() if len(w) >= _FEWEST_LETTERS and w.isalpha()), key=len, reverse=True
    )
    return re.compile(
        rf"(?i)(?<![A-Za-z])(?=[A-Za-z]{{{_FEWEST_LETTERS},{len(words[0])}}}[-.:]?[0-9])({'|'.join(words)})[-.:]?(?=[0-9])"
    )
