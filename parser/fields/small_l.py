"""A small l written for the figure 1, which only the text as it was written can tell from the letter of a unit."""

import re
from collections.abc import Sequence

from address_match.parser.labels import Label
from address_match.parser.tokens import tokenise

_FOR_ONE = re.compile(r"l[0-9]{1,3}[A-Za-z]?")
_READ_SO = frozenset({Label.BUILDING, Label.NUMBER})


def with_figures(text: str, words: list[str], labels: Sequence[Label]) -> list[str]:
    """Return the words of a text to read by: the same list, or one with `l5` of a building or a number as 15.

    In a text without capitals the l may as well be the letter of unit L5, and stays.

    >>> with_figures("l5 Elm Road", ["L5", "ELM", "ROAD"], [Label.NUMBER, Label.STREET, Label.STREET])
    ['15', 'ELM', 'ROAD']
    """
    if "l" not in text or not _FOR_ONE.search(text) or text.islower():
        return words
    return [
        "1" + word[1:] if label in _READ_SO and _FOR_ONE.fullmatch(text, token.start, token.end) else word
        for token, word, label in zip(tokenise(text), words, labels, strict=True)
    ]
