"""Upper, lower and mixed case."""

import re
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, retext_each
from address_match.parser.labels import LABELS, Label

_WORDS_OF_TITLE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CASED = frozenset(LABELS) - {Label.POSTCODE}
_SMALL = frozenset({"on", "upon", "the", "in", "le", "of", "and", "by", "under", "y", "yr"})


def title(words: str) -> str:
    """Write words with capitals at their beginnings; letters of numbers stay as they are.

    >>> title("KING'S ROAD 12A STOKE-ON-TRENT")
    "King's Road 12A Stoke-on-Trent"
    """
    return " ".join(_title_word(word) for word in words.split(" "))


def _title_word(word: str) -> str:
    if any(c.isdigit() for c in word) or len(word) == 1 or "/" in word:
        return word
    parts = [_WORDS_OF_TITLE.sub(lambda m: m[0].capitalize(), part) for part in word.split("-")]
    if len(parts) > 1:
        parts[1:] = [p.lower() if p.lower() in _SMALL else p for p in parts[1:]]
    return "-".join(parts)


def lower_case(pieces: Pieces, _rng: Random) -> Pieces:
    """Write all in small letters, the postcode too.

    >>> text(lower_case(address(number="12", street="HIGH STREET", postcode="AB1 2CD"), Random(0)))
    '12 high street ab1 2cd'
    """
    return retext_each(pieces, LABELS, str.lower)


def upper_case(pieces: Pieces, _rng: Random) -> Pieces:
    """Write all in capitals.

    >>> text(upper_case(address(number="12", street="High Street"), Random(0)))
    '12 HIGH STREET'
    """
    return retext_each(pieces, LABELS, str.upper)


def title_case(pieces: Pieces, _rng: Random) -> Pieces:
    """Write words with capitals at their beginnings; the postcode stays.

    >>> text(title_case(address(number="12A", street="HIGH STREET", postcode="AB1 2CD"), Random(0)))
    '12A High Street AB1 2CD'
    """
    return retext_each(pieces, _CASED, title)


def mixed_case(pieces: Pieces, rng: Random) -> Pieces:
    """Write each field in a case of its own.

    >>> text(mixed_case(address(number="12", street="HIGH STREET", town="LEEDS"), Random(0)))
    '12 high street LEEDS'
    """
    return retext_each(pieces, _CASED, lambda words: _case(words, rng))


def _case(words: str, rng: Random) -> str:
    return rng.choice((str.upper, str.lower, title))(words)
