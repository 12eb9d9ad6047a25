"""Whether two texts give numbers that no reading compared: one that was read as part of a name escapes the rule of
numbers.
"""

import re
from collections.abc import Iterable, Sequence

from address_match.parser.tokens import words_of

_NUMBER = re.compile(r"(?<![A-Z0-9])([0-9]{1,4})[A-Z]?(?![A-Z0-9])")
"""With a letter at most, so that neither 9ER of a postcode nor an ordinal is one."""


def give_other_numbers(address: str, words: Sequence[str]) -> bool:
    """Return whether a text gives a number that the words of a query do not, and they one that it does not.

    >>> give_other_numbers("76 Elm Market, N1 9ER", ["114-120", "ELM", "MARKET"]), give_other_numbers("76 Elm Market", ["ELM", "MARKET"])
    (True, False)
    """
    asked, held = _numbers(words), _numbers(words_of(address).texts)
    return not asked <= held and not held <= asked


def _numbers(words: Iterable[str]) -> set[int]:
    return {int(number) for word in words for number in _NUMBER.findall(word)}
