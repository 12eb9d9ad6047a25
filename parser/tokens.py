import unicodedata
from dataclasses import dataclass

MAX_TEXT_LENGTH = 10_000
"""Characters; a longer text is refused by the callers that meet users."""

_SEPARATORS = frozenset(" \t\r\n\v\f,;|\"()[]{}<>:_\u00a0\u2028\u2029")
_BREAKS = frozenset(",;|\n\r\u2028\u2029")
_DROPPED = frozenset("'’‘`´.\u200b\u200c\u200d\ufeff")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an address: folded text, the characters of the input it came from, and what stood before it."""

    text: str
    """Upper case, without accents, apostrophes and full stops; never empty."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    after_break: bool
    """Whether a comma, semicolon or line break stands between this token and the one before."""


def fold(text: str) -> str:
    """Upper-case a word and take its accents, apostrophes, full stops and control characters away.

    >>> fold("Cäer-Wén St. John's")
    'CAER-WEN ST JOHNS'
    """
    if text.isascii():
        folded = text.upper()
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(_DASHES))
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).upper()
    return "".join(c for c in folded if c not in _DROPPED and (c >= " " and c != "\x7f"))


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a text into tokens at white space and punctuation; hyphens and slashes stay within a token.

    A token that folds to nothing (a lone full stop, an apostrophe, a hyphen) is left out.

    >>> [t.text for t in tokenise("Flat 2/1, 12a St. John's Rd. AB1 2CD")]
    ['FLAT', '2/1', '12A', 'ST', 'JOHNS', 'RD', 'AB1', '2CD']
    """
    tokens: list[Token] = []
    after_break = False
    position, length = 0, len(text)
    while position < length:
        character = text[position]
        if character in _SEPARATORS:
            after_break = after_break or character in _BREAKS
            position += 1
            continue
        start = position
        while position < length and text[position] not in _SEPARATORS:
            position += 1
        folded = fold(text[start:position]).strip("-/&") or ("&" if "&" in text[start:position] else "")
        if folded:
            tokens.append(Token(folded, start, position, after_break))
            after_break = False
    return tuple(tokens)
