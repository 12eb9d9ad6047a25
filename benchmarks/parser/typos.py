"""Slips of the keyboard; the training noise has its own, so that a parser cannot have learned these by heart."""

from random import Random
from string import ascii_uppercase

from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label
from benchmarks.parser.labelled_addresses import Words

SHORTEST = 4
"""Letters of a word that may hold a typo."""


def one_typo(words: Words, rng: Random) -> Words:
    """Let one slip happen in one word over three letters; digits and postcodes stay as they are."""
    places = [place for place, word in enumerate(words) if _may_slip(word)]
    if not places:
        return words
    place = rng.choice(places)
    return (*words[:place], _slipped(words[place], rng), *words[place + 1 :])


def typo_in_every_word(words: Words, rng: Random) -> Words:
    """Let one slip happen in every word over three letters; digits and postcodes stay as they are."""
    return tuple(_slipped(word, rng) if _may_slip(word) else word for word in words)


def slip(word: str, rng: Random) -> str:
    """Leave a letter out, write one twice, swap two, or write another one, with even chances.

    >>> slip("ROAD", Random(1)), slip("ROAD", Random(2))
    ('RAD', 'ORAD')
    """
    place = rng.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    ways = (
        before + after,
        before + letter * 2 + after,
        before + after[0] + letter + after[1:],
        before + rng.choice(ascii_uppercase.replace(letter.upper(), "")) + after,
    )
    return rng.choice(ways)


def _may_slip(word: Piece) -> bool:
    return word.label is not Label.POSTCODE and len(word.text) >= SHORTEST and word.text.isalpha()


def _slipped(word: Piece, rng: Random) -> Piece:
    return Piece(slip(word.text, rng), word.label, word.separator)
