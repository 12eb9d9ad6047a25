import re
from dataclasses import dataclass

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
    number: str
    """The house number, empty where none is typed."""
    is_number_begun: bool
    """Return whether the number may go on."""
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
            return cls((), "", "", is_number_begun=False, postcode=start)
        words = words_of(text).texts
        is_begun = text[-1:].isalnum()
        postcode = ""
        for count in (2, 1):
            if len(words) > count and (postcode := postcode_start(" ".join(words[-count:]))):
                words, is_begun = words[:-count], False
                break
        at = next((at for at, word in enumerate(words) if _NUMBER.fullmatch(word)), None)
        number = "" if at is None else words[at]
        is_number_begun = is_begun and at == len(words) - 1
        others = [word for position, word in enumerate(words) if position != at]
        prefix = others.pop() if others and is_begun and not is_number_begun else ""
        return cls(tuple(others), prefix, number, is_number_begun=is_number_begun, postcode=postcode)
