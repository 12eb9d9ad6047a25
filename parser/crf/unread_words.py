"""Words whose spelling is withheld in training, so that what surrounds a word is learned besides.

A CRF that always knew the towns of its corpus takes a misspelt one for a locality: nothing told it what a place looks
like that no list knows. Where the features of words are dropped now and then, those of their surroundings get the
weights that they need (feature noising; Wang et al., 2013). No kind of damage is shown by this, so that all kinds stay
fit to measure it by.
"""

from collections.abc import Sequence
from random import Random

from address_match.parser.labels import Label

_TEXTS = 0.04
"""Share of the texts of which some words are withheld."""
_WORDS = 0.4
"""Share of the words of such a text."""
_SHORTEST = 3
_NAMES = frozenset(
    {Label.ORGANISATION, Label.BUILDING, Label.STREET, Label.LOCALITY, Label.TOWN, Label.COUNTY}
)
_MARK = "\N{REPLACEMENT CHARACTER}"


def withheld(words: Sequence[str], labels: Sequence[Label], rng: Random) -> list[str]:
    """Put marks of the same length for some words of names in a text; numbers, parts, notes and the shortest words
    stay.
    """
    if rng.random() >= _TEXTS:
        return list(words)
    return [
        _MARK * len(word) if label in _NAMES and _is_long(word) and rng.random() < _WORDS else word
        for word, label in zip(words, labels, strict=True)
    ]


def is_withheld(word: str) -> bool:
    """Return whether a word is one of those marks."""
    return word.startswith(_MARK)


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()
