"""The one way of writing in which two texts are the same except for case, punctuation and abbreviation."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import xxhash
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import split_postcode
from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.parser.tokens import sound_word, words_of, written_words


def canonical_text(text: str) -> str:
    """Return the words of a text in their order, each in the spelling that is filed, a space apart.

    What stands in a word stays there, so that FLAT 1/2 is not FLAT 1 2.

    >>> canonical_text("Flat 1/2, 12a St. John's Rd, ab12cd")
    'FLAT 1/2 12A ST JOHNS ROAD AB1 2CD'
    """
    words = list(map(_canonical_written_word, written_words(text)))
    if words and all(words):
        return " ".join(words)
    return canonical_writing(words_of(text).texts)


def canonical_writing(words: Iterable[str]) -> str:
    """Return the `canonical_text` of a text that was parted into these words."""
    return " ".join(map(_canonical_word, words))


def text_codes(canonical: Iterable[str], count: int) -> NDArray[np.uint64]:
    """Return a number of 64 bits for each of `count` canonical texts, the same on every machine."""
    codes = (xxhash.xxh3_64_intdigest(text.encode("utf-8", "replace")) for text in canonical)
    return np.fromiter(codes, dtype=np.uint64, count=count)


@lru_cache(maxsize=1 << 17)
def _canonical_written_word(written: str) -> str:
    """Return the filed spelling of a word as it is written; nothing of one that cannot be read by itself."""
    return _canonical_word(sound_word(written))


@lru_cache(maxsize=1 << 17)
def _canonical_word(word: str) -> str:
    return split_postcode(word) or CANONICAL_WORDS.get(word, word)
