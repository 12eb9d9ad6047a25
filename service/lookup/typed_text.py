import re
from dataclasses import dataclass
from functools import lru_cache

from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.tokens import words_of
from address_match.service.lookup.postcode_start import postcode_start

_TELLING_WORDS = 2
_NUMBER = re.compile(r"[0-9]{1,5}[A-Z]?")


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
    """Return whether the last of them may go on."""
    postcode: str
    """How the postcode starts, as `postcode_start` writes it."""

    @property
    def is_telling(self) -> bool:
        """Return whether it has two words of names: fewer tell matching nothing."""
        return len(self.words) + bool(self.prefix) >= _TELLING_WORDS

    @classmethod
    def of(cls, text: str) -> "TypedText":
        """Read a text; its last word is begun unless something stands behind it."""
        if start := postcode_start(text):
            return cls((), "", (), is_number_begun=False, postcode=start)
        words = words_of(text).texts
        is_begun = text[-1:].isalnum()
        postcode = ""
        for count in (2, 1):
            if len(words) > count and (postcode := postcode_start(" ".join(words[-count:]))):
                words, is_begun = words[:-count], False
                break
        numbers = tuple(word for word in words if _NUMBER.fullmatch(word))
        is_number_begun = is_begun and bool(numbers) and words[-1] == numbers[-1]
        names = [word for word in words if not _NUMBER.fullmatch(word) and word not in _unit_words()]
        is_name_begun = bool(names) and is_begun and words[-1] == names[-1]
        prefix = names.pop() if is_name_begun else ""
        return cls(tuple(names), prefix, numbers, is_number_begun=is_number_begun, postcode=postcode)


@lru_cache(maxsize=1)
def _unit_words() -> frozenset[str]:
    """Return the words that say which kind of unit a number names; FLAT 2 is found by its number."""
    return frozenset(shipped_lexicon().unit_kinds)
