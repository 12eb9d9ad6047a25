import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.tokens import words_of
from address_match.service.lookup.postcode_start import postcode_start

_TELLING_WORDS = 2
_NUMBER = re.compile(r"[0-9]{1,5}[A-Z]?(?=-[0-9]|$)")
_ARTICLE = "THE"


@dataclass(frozen=True, slots=True)
class TypedText:
    """What somebody has typed of an address so far; all words are folded."""

    words: tuple[str, ...]
    """Finished words of a street and its place."""
    prefix: str
    """What is typed of the next such word, empty where none is begun."""
    numbers: tuple[str, ...]
    """Of the house and its units, in order."""
    is_number_begun: bool
    """Whether the last of them may go on."""
    postcode: str
    """How the postcode starts, as `postcode_start` writes it."""

    @property
    def is_telling(self) -> bool:
        """Return whether it has two words of names: fewer tell matching nothing."""
        return len(self.words) + bool(self.prefix) >= _TELLING_WORDS

    @classmethod
    def of(cls, text: str) -> "TypedText":
        """Read a text; its last word, or its last name before a postcode, may be begun unless something else stands
        behind.
        """
        if start := postcode_start(text):
            return cls((), "", (), is_number_begun=False, postcode=start)
        words = words_of(text).texts
        is_begun = text[-1:].isalnum()
        postcode = ""
        for count in (2, 1):
            if len(words) > count and (postcode := postcode_start(" ".join(words[-count:]))):
                words = words[:-count]
                break
        names, numbers, is_last_number = _names_and_numbers(words)
        prefix = names.pop() if names and is_begun and not is_last_number else ""
        return cls(
            tuple(names),
            prefix,
            tuple(numbers),
            is_number_begun=is_begun and is_last_number and not postcode,
            postcode=postcode,
        )


def _names_and_numbers(words: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """Return the names among words, the numbers, and whether the last word is one of these.

    A range counts by its first number, a letter behind a number belongs to it, and what stands behind the word of a
    unit is the unit's number: FLAT C. No article tells streets apart, and the reference may have it or not.
    """
    names: list[str] = []
    numbers: list[str] = []
    is_of_unit = is_number = False
    for at, word in enumerate(words):
        is_last = at == len(words) - 1
        if word in _unit_words():
            is_of_unit, is_number = True, False
            continue
        if found := _NUMBER.match(word):
            numbers.append(found[0])
            is_of_unit, is_number = False, True
        elif is_of_unit and (len(word) == 1 or any(character.isdigit() for character in word)):
            numbers.append(word)
            is_of_unit, is_number = False, False
        elif is_number and len(word) == 1 and not is_last:
            numbers[-1] += word
            is_number = False
        elif word != _ARTICLE or is_last:
            names.append(word)
            is_of_unit = is_number = False
    is_last_number = bool(words and numbers) and not (names and words[-1] == names[-1])
    return names, numbers, is_last_number


@cache
def _unit_words() -> frozenset[str]:
    """Return the words that say which kind of unit a number names; FLAT 2 is found by its number."""
    return frozenset(shipped_lexicon().unit_kinds)
