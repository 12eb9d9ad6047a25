import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

MAX_TEXT_LENGTH = 10_000
"""Characters; a longer text is refused by the callers that meet users."""

_BREAKS = frozenset(",;|\n\r\u2028\u2029")
_DROPPED = frozenset("#'’‘`´.\u200b\u200c\u200d\ufeff")
_TRANSLATED = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "\u2044": "/"})
_WORD = re.compile(r"[^ \t\r\n\v\f,;|\"()\[\]{}<>:_\u00a0\u2028\u2029]+")
_NO_SEPARATORS = str.maketrans(dict.fromkeys(' ,;|"()[]{}<>:_', ""))
"""What parts words stands in none: a full-width bracket folds to one that does."""
_KEPT = frozenset("LN")
"""Unicode categories, by their first letter, that a word beyond ASCII keeps: letters and numbers."""
_CACHED_WORDS = 1 << 16
LONGEST_WORD = 100
"""Characters of a token's text; more are no word, and would cost time and memory by their square."""


class Token(NamedTuple):
    """One word of an address: folded text, the characters of the input it came from, and what stood before it.

    A tuple, as are the other parts of a parse: a frozen dataclass takes nearly twice as long to make, and making them was
    a quarter of the time of a batch.
    """

    text: str
    """Upper case, without accents, apostrophes and full stops; never empty, cut at LONGEST_WORD characters."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    after_break: bool
    """Whether a comma, semicolon or line break stands between this token and the one before."""


def fold(text: str) -> str:
    """Upper-case a word and take its accents, apostrophes, full stops, symbols and control characters away.

    >>> fold("Cäer-Wén St. John's ☎")
    'CAER-WEN ST JOHNS '
    """
    if text.isascii():
        folded = text.upper()
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(_TRANSLATED)).translate(_TRANSLATED)
        folded = "".join(c for c in decomposed if c.isascii() or unicodedata.category(c)[0] in _KEPT).upper()
    if folded.isalnum():
        return folded
    return "".join(c for c in folded if c not in _DROPPED and (c >= " " and c != "\x7f"))


def _token_text(written: str) -> str:
    """Fold a word; where that leaves nothing, its ampersand, letters and digits stand for it, so that none is lost."""
    return _remembered_text(written) if len(written) <= LONGEST_WORD else _text_of(written)


def _text_of(written: str) -> str:
    folded = fold(written).translate(_NO_SEPARATORS).strip("-/&")
    kept = folded or ("&" if "&" in written else "".join(c for c in written if c.isalnum()))
    return kept[:LONGEST_WORD]


_remembered_text = lru_cache(maxsize=_CACHED_WORDS)(_text_of)


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a text into tokens at white space and punctuation; hyphens and slashes stay within a token.

    Every letter and digit of the text lies within a token. What folds to nothing (a lone full stop, an apostrophe, a
    hyphen, a symbol) is left out.

    >>> [t.text for t in tokenise("Flat 2/1, 12a St. John's Rd. AB1 2CD")]
    ['FLAT', '2/1', '12A', 'ST', 'JOHNS', 'RD', 'AB1', '2CD']
    """
    return tuple(words_of(text))


def words_of(text: str) -> list[Token]:
    """Split a text as `tokenise` does, into a list.

    >>> words_of("12, Rd.")
    [Token(text='12', start=0, end=2, after_break=False), Token(text='RD', start=4, end=7, after_break=True)]
    """
    words: list[Token] = []
    after_break = False
    position = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start - position > 1 or (start > position and text[position] != " "):
            after_break = after_break or not _BREAKS.isdisjoint(text[position:start])
        position = end
        folded = _token_text(match.group())
        if folded:
            words.append(Token(folded, start, end, after_break))
            after_break = False
    return words
