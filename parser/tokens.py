"""The words of an address: folded to one spelling of characters, each with its place in the text as it was written."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from address_match.parser.repair.repair import is_suspect_text, is_suspect_word, repair

_BREAKS = frozenset(",;|\n\r\u2028\u2029")
_DROPPED = frozenset("#'’‘`´.\u200b\u200c\u200d\ufeff")
_TRANSLATED = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "\u2044": "/"})
_SEPARATORS = ' \t\r\n\v\f,;|"()[]{}<>:_\u00a0\u2028\u2029'
_WORD_AND_GAP = re.compile(f"([^{re.escape(_SEPARATORS)}]+)([{re.escape(_SEPARATORS)}]*)")
_WORD = re.compile(f"[^{re.escape(_SEPARATORS)}]+")
_NO_SEPARATORS = str.maketrans(dict.fromkeys(' ,;|"()[]{}<>:_%', ""))
"""What parts words stands in none: a full-width bracket folds to one that does. Nor does what begins a code: `%0À`
folds to one.
"""
_KEPT = frozenset("LN")
"""Unicode categories, by their first letter, that a word beyond ASCII keeps: letters and numbers."""
_NUMBER_AND_WORD = re.compile(
    r"(?![0-9]{1,3}(?:ST|ND|RD|TH)(?:FLOOR|FLR|FL)?\Z)([0-9]{1,4})([A-Z](?!-[A-Z]\Z)[A-Z-]{2,})\Z"
)
"""A number that is written to its street: 72QUARLES; no ordinal, and no letters of the number: 12A-C."""
_CACHED_WORDS = 1 << 16
_CACHED_TEXTS = 1 << 10
"""Texts to mend whose words are kept: of a batch each is asked for them twice, as a whole and to be read."""
LONGEST_WORD = 100
"""Characters of a token's text; more are no word, and would cost time and memory by their square."""


class Token(NamedTuple):
    """One word of an address: folded text, the characters of the input it came from, and what stood before it.

    A tuple, as are the other parts of a parse: a frozen dataclass takes nearly twice as long to make, and making them
    was a quarter of the time of a batch.
    """

    text: str
    """Upper case, without accents, apostrophes and full stops; never empty, cut at LONGEST_WORD characters."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    after_break: bool
    """Whether a comma, semicolon or line break stands between this token and the one before."""


class Words(NamedTuple):
    """The words of an address without their places, one after the other."""

    texts: list[str]
    """As those of tokens."""
    breaks: list[bool]
    """Whether a comma, semicolon or line break stands before each."""

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> "Words":
        """Return the words of tokens."""
        return cls([token.text for token in tokens], [token.after_break for token in tokens])


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
    """Fold a word; where that leaves nothing, its ampersand, letters and digits stand for it, so that none is lost.

    >>> _token_text("@")
    'AT'
    """
    return _remembered_text(written) if len(written) <= LONGEST_WORD else _text_of(written)


def _text_of(written: str) -> str:
    folded = fold(written).translate(_NO_SEPARATORS).strip("-/&=")
    kept = folded or ("&" if "&" in written else "".join(c for c in written if c.isalnum()))
    return "AT" if kept == "@" else kept[:LONGEST_WORD]


def _sound_text_of(written: str) -> str:
    """Fold a word as `_text_of` does; nothing is left of one that is two or makes its text worth mending."""
    folded = "" if is_suspect_word(written) else _text_of(written)
    return "" if glued_number(folded) else folded


def glued_number(folded: str) -> tuple[str, str] | None:
    """Return the number and the word of a folded text that writes one to the other; None for any other text.

    >>> glued_number("72QUARLES")
    ('72', 'QUARLES')
    """
    glued = _NUMBER_AND_WORD.match(folded)
    return (glued[1], glued[2]) if glued else None


_remembered_text = lru_cache(maxsize=_CACHED_WORDS)(_text_of)
_remembered_sound_text = lru_cache(maxsize=_CACHED_WORDS)(_sound_text_of)


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a text into tokens at white space and punctuation, once it is mended; hyphens and slashes stay within a
    token.

    Every letter and digit of the text lies within a token, except for those of codes that say nothing (`dropped_spans`).
    What folds to nothing (a lone full stop, an apostrophe, a hyphen, a symbol) is left out.

    >>> [t.text for t in tokenise("Flat 2/1, 12a St. John's Rd. AB1 2CD")]
    ['FLAT', '2/1', '12A', 'ST', 'JOHNS', 'RD', 'AB1', '2CD']
    >>> tokenise("7.0 Elm")[0]
    Token(text='7', start=0, end=3, after_break=False)
    """
    repaired = repair(text) if _is_suspect(text) else None
    if repaired is None:
        return tuple(_tokens(text))
    return tuple(
        Token(folded, *repaired.span(start, end), after_break)
        for folded, start, end, after_break in _tokens(repaired.text)
    )


def dropped_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of what of a text says nothing and is no token: codes, coordinates."""
    repaired = repair(text) if _is_suspect(text) else None
    return repaired.dropped if repaired is not None else ()


def _is_suspect(text: str) -> bool:
    return is_suspect_text(text) or not all(
        _sound_token_text(written) for written, _ in _WORD_AND_GAP.findall(text)
    )


def _tokens(text: str) -> Iterator[Token]:
    position = _first_word(text)
    after_break = _holds_break(text[:position])
    for written, gap in _WORD_AND_GAP.findall(text):
        start, position = position, position + len(written)
        folded = _token_text(written)
        if glued := glued_number(folded):
            number, word = glued
            place = written.find(number)
            middle = start + (place + len(number) if place >= 0 else 1)
            yield Token(number, start, middle, after_break)
            yield Token(word, middle, position, after_break=False)
            after_break = False
        elif folded:
            yield Token(folded, start, position, after_break)
            after_break = False
        position += len(gap)
        after_break = after_break or _holds_break(gap)


def words_of(text: str) -> Words:
    """Split a text as `tokenise` does, and leave out where its words stand.

    >>> words_of("12, Rd.")
    Words(texts=['12', 'RD'], breaks=[False, True])
    """
    found = _WORD_AND_GAP.findall(text)
    text_of = _remembered_sound_text if len(text) <= LONGEST_WORD else _sound_token_text
    texts = [text_of(written) for written, _ in found]
    if not all(texts) or is_suspect_text(text):
        return _mended_words(text)
    breaks = [gap != " " and _holds_break(gap) for _, gap in found]
    breaks[1:] = breaks[:-1]
    breaks[:1] = [_holds_break(text[: _first_word(text)])] if found else []
    return Words(texts, breaks)


def written_words(text: str) -> list[str]:
    """Return the words of a text as they are written; none where all of it may need mending, or is long.

    Where `sound_word` leaves something of each, what it leaves are the words of `words_of`.
    """
    return [] if len(text) > LONGEST_WORD or is_suspect_text(text) else _WORD.findall(text)


def sound_word(written: str) -> str:
    """Fold a word; nothing is left of one that is two, or that makes its text worth mending.

    >>> sound_word("Rd."), sound_word("7.0")
    ('RD', '')
    """
    return _sound_token_text(written)


def _sound_token_text(written: str) -> str:
    return _remembered_sound_text(written) if len(written) <= LONGEST_WORD else _sound_text_of(written)


def _mended_words(text: str) -> Words:
    """Split a text that has a word to mend, or one that folds to nothing."""
    words = _remembered_mended_words(text)
    return Words(list(words.texts), list(words.breaks))


@lru_cache(maxsize=_CACHED_TEXTS)
def _remembered_mended_words(text: str) -> Words:
    repaired = repair(text)
    return Words.of(list(_tokens(text if repaired is None else repaired.text)))


def _first_word(text: str) -> int:
    return len(text) - len(text.lstrip(_SEPARATORS))


def _holds_break(gap: str) -> bool:
    return not _BREAKS.isdisjoint(gap)
