"""Texts that ask for nothing: keys struck at random, as they stand in a column of addresses now and then."""

from collections.abc import Iterator
from random import Random
from string import ascii_lowercase

_MOST_WORDS = 4
_LEAST_LETTERS, _MOST_LETTERS = 3, 9
_NUMBERED_SHARE = 0.25
"""Texts that have a number too, which may well be one of the reference."""
_MOST_NUMBER = 200


def no_addresses(count: int, rng: Random) -> Iterator[str]:
    """Yield `count` texts of words that no reference holds, some with a number among them."""
    for _ in range(count):
        words = [_struck(rng) for _ in range(rng.randint(1, _MOST_WORDS))]
        if rng.random() < _NUMBERED_SHARE:
            words.insert(rng.randrange(len(words) + 1), str(rng.randint(1, _MOST_NUMBER)))
        yield " ".join(words)


def _struck(rng: Random) -> str:
    return "".join(rng.choices(ascii_lowercase, k=rng.randint(_LEAST_LETTERS, _MOST_LETTERS)))
