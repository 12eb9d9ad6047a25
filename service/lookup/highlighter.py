"""What of a text was typed: whole words, and the beginning of the last one."""

from dataclasses import dataclass

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.parser.tokens import Token, tokenise
from address_match.service.lookup.postcode_start import postcode_start


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Finds what was typed in texts that are shown; the typed text is read once for all of them."""

    start: str
    """Of a postcode, where nothing else was typed."""
    whole: frozenset[str]
    """Words, canonical."""
    prefix: str
    """Beginning of the next word; empty where the last one is finished."""

    @classmethod
    def of(cls, typed: str) -> "Highlighter":
        """Read what was typed."""
        if start := postcode_start(typed):
            return cls(start, frozenset(), "")
        words = [token.text for token in tokenise(typed)]
        prefix = words[-1] if words and typed[-1:].isalnum() else ""
        return cls("", frozenset(CANONICAL_WORDS.get(word, word) for word in words), prefix)

    def spans(self, shown: str) -> list[tuple[int, int]]:
        """Return the start and end of what of a shown text was typed.

        >>> Highlighter.of("mill ln an").spans("12 MILL LANE, ANYTOWN")
        [(3, 7), (8, 12), (14, 16)]
        """
        if self.start:
            return _beginning(shown, self.start)
        found = []
        for token in tokenise(shown):
            if self.prefix and token.text.startswith(self.prefix):
                found.append((token.start, _end_of_beginning(token, self.prefix)))
            elif CANONICAL_WORDS.get(token.text, token.text) in self.whole:
                found.append((token.start, token.end))
        return found


def _beginning(shown: str, start: str) -> list[tuple[int, int]]:
    """Return where a postcode begins with what was typed: as it is written, or, of a postcode alone, across its space."""
    written = start.rstrip()
    if (at := shown.rfind(written)) >= 0:
        return [(at, at + len(written))]
    is_across = shown.replace(" ", "").startswith(written)
    return [(0, len(written) + 1)] if is_across else []


def _end_of_beginning(token: Token, prefix: str) -> int:
    """Return where the beginning of a word ends; of a word that is not written as it is folded, the word's own end."""
    is_as_folded = token.end - token.start == len(token.text)
    return token.start + len(prefix) if is_as_folded else token.end
