"""How a text becomes the words under which every engine files and finds it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.retrieval import Query, StreetNumber
from address_match.parser.parsed_address import ParsedAddress
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.recognisers.postcode import LIKE_DIGITS, postcode_readings
from address_match.parser.tokens import fold, glued_number, words_of

_GLUED_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_INWARD = re.compile(r"[0-9][A-Z]{2}")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_NUMBER_AND_LETTER = re.compile(r"([0-9]+)([A-Z])")
_PARTS = re.compile(r"[-/&=\s]")
_SIGNS = {"@": "AT"}
"""What a sign is by itself, as `words_of` has it."""


def terms(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text in order: folded, split, each in one spelling.

    >>> terms("Flat 2, 12a St. John's Rd, AB12CD")
    ('FLAT', '2', '12A', '12', 'A', 'ST', 'JOHNS', 'ROAD', 'AB1', '2CD')
    """
    return terms_of_words(words_of(text).texts)


def terms_of_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return what `terms` does of a text with these words, as `words_of` splits it."""
    return tuple(dict.fromkeys([term for word in words for term in terms_of_word(word)]))


@lru_cache(maxsize=1 << 17)
def terms_of_word(token: str) -> tuple[str, ...]:
    """Return the words under which a word of `address_match.parser.tokens.words_of` is filed."""
    if _PARTS.search(token):
        parts = tuple(term for part in _PARTS.split(token) if part for term in terms_of_word(part))
        return parts or (("AND",) if "&" in token else ())
    if postcode := _GLUED_POSTCODE.fullmatch(token):
        return postcode.groups()
    if _INWARD.fullmatch(token) or _OUTWARD.fullmatch(token):
        return (token,)
    if numbered := _NUMBER_AND_LETTER.fullmatch(token):
        return (token, *numbered.groups())
    if glued := glued_number(token):
        return tuple(term for part in glued for term in terms_of_word(part))
    return (CANONICAL_WORDS.get(token) or _SIGNS.get(token, token),)


@lru_cache(maxsize=1 << 18)
def term_id(term: str) -> int:
    """Name a term by a signed 64-bit number that is the same on every machine, odd where the term has a digit."""
    digest = blake2b(term.encode("utf-8", "replace"), digest_size=8).digest()
    number = int.from_bytes(digest, "big", signed=True)
    return number | 1 if any(map(str.isdigit, term)) else number & ~1


def are_words(term_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each term by its id whether it has no digit: no number, designator or part of a postcode."""
    words: NDArray[np.bool_] = (term_ids & 1) == 0
    return words


def trigrams(term: str) -> tuple[str, ...]:
    """Return the distinct runs of three characters of a term and its margins.

    >>> trigrams("OAK")
    ('^OA', 'OAK', 'AK$')
    """
    padded = f"^{term}$"
    return tuple(dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2)))


def normal_postcode(text: str) -> str:
    """Return a full postcode in upper case without spaces, or an empty text when it is none.

    >>> normal_postcode(" ab1 2cd")
    'AB12CD'
    """
    joined = fold(text).replace(" ", "")
    return joined if _GLUED_POSTCODE.fullmatch(joined) else ""


def split_postcode(word: str) -> str:
    """Return a full postcode that is written as one word with its space, or an empty text when it is none.

    >>> split_postcode("AB12CD")
    'AB1 2CD'
    """
    postcode = _GLUED_POSTCODE.fullmatch(word)
    return " ".join(postcode.groups()) if postcode else ""


def query_of(text: ParsedAddress) -> Query:
    """Return what to ask an index for: the words of a text, every postcode that it may mean, and its number in its
    street.
    """
    words = text.words
    read = normal_postcode(text.fields.postcode)
    found = dict.fromkeys((read, *_postcodes_among(words)) if read else _postcodes_among(words))
    return Query(
        terms=terms_of_words(words),
        postcodes=tuple(found),
        street_numbers=_street_numbers_in(text.fields),
    )


def _street_numbers_in(fields: ParsedFields) -> tuple[StreetNumber, ...]:
    """Return the number of its street that a text names, by each name of its place."""
    if not fields.street or fields.number < 0:
        return ()
    places = dict.fromkeys((fields.town, fields.locality))
    return tuple(StreetNumber(fields.street, fields.number, place) for place in places if place)


def _postcodes_among(words: list[str]) -> list[str]:
    """Return the postcodes that words spell, exactly ones first, then those with a digit taken for a letter or the
    reverse.
    """
    exact: list[str] = []
    repaired: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        for spelling in (word, word + following) if following else (word,):
            # Most words end in no incode, and this is the quickest way to tell.
            if not 5 <= len(spelling) <= 7 or spelling[-3] not in LIKE_DIGITS:
                continue
            if _GLUED_POSTCODE.fullmatch(spelling):
                exact.append(spelling)
            else:
                repaired.extend(code.text for code in postcode_readings(spelling) if len(code.text) >= 5)
    return exact + repaired


def _fingerprint() -> str:
    patterns = (_GLUED_POSTCODE, _INWARD, _OUTWARD, _NUMBER_AND_LETTER, _PARTS)
    rules = " ".join(["terms 1", *(pattern.pattern for pattern in patterns)])
    words = "\n".join(f"{word} {canonical}" for word, canonical in sorted(CANONICAL_WORDS.items()))
    return blake2b(f"{rules}\n{words}".encode(), digest_size=8).hexdigest()


ANALYSIS_FINGERPRINT: str = _fingerprint()
"""Names the rules above; texts and queries must be read by the same ones."""
