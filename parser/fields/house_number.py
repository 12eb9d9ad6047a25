"""Read the tokens that hold a house number: its range, its letter, and a flat written into it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.recognisers.mixed_number import mixed_number

_WIDEST_RANGE = 60
"""Numbers further apart than this are not the ends of one range."""
FEWEST_LISTED = 3
"""Numbers of a list that rises, which is no flat and its house any more: 12, 14 AND 16."""
NEXT_ON_ITS_SIDE = 2
"""How much higher the next house on one side of a street is numbered."""
_LARGEST = 99_999
_SIMPLE = re.compile(r"([0-9]{1,5})([A-Z]?)")
_TWO = re.compile(r"([0-9]{1,5})([A-Z]?)([-/])([0-9]{1,5})([A-Z]?)")
_LETTERS = re.compile(r"([0-9]{1,5})([A-Z])[-/]([A-Z])")
_MORE_LETTERS = re.compile(r"([A-Z])[-/]([A-Z])")
_LETTER_FIRST = re.compile(r"([A-Z])/([0-9]{1,5})")
_NUMBER_AND_LETTER = re.compile(r"([0-9]{1,5})[/-]([A-Z])")
_CODE = re.compile(r"[A-Z]-[0-9]{1,4}")
"""Of a unit: B-3."""
_SCANNED = str.maketrans("IO", "10")
"""Letters that scanners write for digits; others are as likely the letter of a unit: B28."""
_NOUGHT = "O"
"""No house has this letter, which is left out for what it looks like."""
_MOST_DIGITS = 5
_LONGEST_LETTERS = 2
_BETWEEN = frozenset({"TO", "AND", "&", "-"})


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A number in the street, the end of its range, its letter, and the flat that was written with it."""

    number: int = -1
    number_end: int = -1
    suffix: str = ""
    """Of several letters the first and the last, of which the first may be none: A-C, and -A for 12-12A."""
    unit: str = ""


def read_house_number(tokens: Sequence[str], *, ranged: bool = False) -> HouseNumber:
    """Read the tokens of a house number; what cannot be read as one is the unit.

    `ranged` says that two numbers are the ends of a range, because the unit is named already.

    >>> read_house_number(["24", "A"])
    HouseNumber(number=24, number_end=-1, suffix='A', unit='')
    >>> read_house_number(["42", "TO", "44"]) == read_house_number(["42/44"]) == read_house_number(["42-44"])
    True
    >>> read_house_number(["14/3"])
    HouseNumber(number=14, number_end=-1, suffix='', unit='3')
    >>> read_house_number(["12A-C"]).suffix, read_house_number(["12A", "&", "12B"]).suffix, read_house_number(["12/12A"]).suffix
    ('A-C', 'A-B', '-A')
    """
    ranged |= len(tokens) > 2 and any(token in _BETWEEN for token in tokens[1:-1])
    parts = [t for t in tokens if t not in _BETWEEN and t not in NUMBER_WORDS]
    if not parts:
        return HouseNumber()
    if len(parts) >= FEWEST_LISTED and all(part.isdecimal() and len(part) <= _MOST_DIGITS for part in parts):
        listed = [int(part) for part in parts]
        if listed == sorted(listed) and listed[-1] - listed[0] <= _WIDEST_RANGE:
            return HouseNumber(number=listed[0], number_end=listed[-1])
    words = list(takewhile(_holds_no_number, parts[:-1]))
    house = _read_from_number(parts[len(words) :], ranged=ranged)
    return replace(house, unit=_joined(" ".join(words), house.unit)) if words else house


def is_name_word(token: str) -> bool:
    """Return whether a token holds no number at all, nor a word or letters that stand with or for one.

    >>> is_name_word("TY-OGOF"), is_name_word("IOO"), is_name_word("NUMBER"), is_name_word("AB")
    (True, False, False, False)
    """
    return (
        len(token) > _LONGEST_LETTERS
        and not any(c.isdigit() for c in token)
        and not token.translate(_SCANNED).isdecimal()
        and token not in _BETWEEN
        and token not in NUMBER_WORDS
        and not _MORE_LETTERS.fullmatch(token)
    )


def _read_from_number(parts: Sequence[str], *, ranged: bool) -> HouseNumber:
    """Read tokens of which the first holds a number, or is the only one."""
    first, rest = _read_token(parts[0]), parts[1:]
    if rest and len(rest[0]) == 1 and rest[0].isalpha() and not first.suffix:
        first = replace(first, suffix=rest[0])
        rest = rest[1:]
    elif rest and not first.suffix and (letters := _MORE_LETTERS.fullmatch(rest[0])):
        first = replace(first, suffix=_letters(letters[1], letters[2]))
        rest = rest[1:]
    if ranged and first.suffix and rest and len(rest[0]) == 1 and rest[0].isalpha():
        first = replace(first, suffix=_letters(first.suffix, rest[0]))
        rest = rest[1:]
    if not rest:
        return first
    return _with_more(first, _read_token(rest[0]), rest[0], rest[1:], ranged=ranged)


def _with_more(
    first: HouseNumber, second: HouseNumber, written: str, rest: Sequence[str], *, ranged: bool
) -> HouseNumber:
    """Join a number with the next one: the end of a range, or a flat before the number it stands in."""
    unread = " ".join(rest)
    if second.number < 0:
        unit = _joined(first.unit, second.unit or written)
        return HouseNumber(first.number, first.number_end, first.suffix, _joined(unit, unread))
    if first.number_end < 0 and second.number_end < 0 and (ranged or spans(first.number, second.number)):
        if second.number > first.number:
            return HouseNumber(first.number, second.number, first.suffix, _joined(first.unit, unread))
        if second.number == first.number:
            letters = _letters(first.suffix, second.suffix)
            return HouseNumber(first.number, -1, letters, _joined(first.unit, unread))
    flat = f"{first.number}{first.suffix}" if first.number_end < 0 else f"{first.number}-{first.number_end}"
    if first.unit:
        flat = f"{first.number}/{first.unit}"
    return HouseNumber(
        second.number, second.number_end, second.suffix, _joined(flat, _joined(second.unit, unread))
    )


def _holds_no_number(token: str) -> bool:
    return _read_token(token).number < 0


def _read_token(token: str) -> HouseNumber:
    if mixed := mixed_number(token):
        return HouseNumber(number=mixed[0], suffix=mixed[1])
    simple = _SIMPLE.fullmatch(token)
    if simple and simple[2] == _NOUGHT and len(simple[1]) < _MOST_DIGITS:
        return HouseNumber(number=10 * int(simple[1]))
    if simple:
        return HouseNumber(number=int(simple[1]), suffix=simple[2])
    two = _TWO.fullmatch(token)
    if two:
        return _read_two(int(two[1]), two[2], two[3], int(two[4]), two[5])
    letters = _LETTERS.fullmatch(token)
    if letters:
        return HouseNumber(number=int(letters[1]), suffix=_letters(letters[2], letters[3]))
    letter_first = _LETTER_FIRST.fullmatch(token)
    if letter_first:
        return HouseNumber(number=int(letter_first[2]), unit=letter_first[1])
    lettered = _NUMBER_AND_LETTER.fullmatch(token)
    if lettered:
        return HouseNumber(number=int(lettered[1]), suffix=lettered[2])
    scanned = token.translate(_SCANNED)
    if scanned != token and scanned.isdecimal() and len(scanned) <= _MOST_DIGITS:
        return HouseNumber(number=int(scanned))
    return HouseNumber(unit=token.replace("-", "") if _CODE.fullmatch(token) else token)


def _read_two(low: int, low_letter: str, mark: str, high: int, high_letter: str) -> HouseNumber:
    """Tell `42-44` and `42/44`, which are ranges, from `14/3` (flat 3 at 14) and `3/14` (the same, turned); `2/2` is
    flat 2 at 2.
    """
    if low == high and mark == "/" and not (low_letter or high_letter):
        return HouseNumber(number=low, unit=str(low))
    if low == high:
        return HouseNumber(number=low, suffix=_letters(low_letter, high_letter))
    if high > low and (mark == "-" or spans(low, high)):
        return HouseNumber(number=low, number_end=high, suffix=low_letter)
    if high > low:
        return HouseNumber(number=high, suffix=high_letter, unit=f"{low}{low_letter}")
    return HouseNumber(number=low, suffix=low_letter, unit=f"{high}{high_letter}")


def spans(low: int, high: int) -> bool:
    """Return whether two numbers without a word between them are a range: on one side of a street and near.

    >>> spans(115, 135), spans(12, 13), spans(3, 67)
    (True, False, False)
    """
    return low <= high <= min(low + _WIDEST_RANGE, _LARGEST) and (high - low) % 2 == 0 and low * 3 >= high - 8


def _letters(one: str, other: str) -> str:
    """Write the letters of a number that is said twice, which name several houses unless they are one: A-C, -A."""
    low, high = sorted((one, other))
    return low if low == high else f"{low.partition('-')[0]}-{high.rpartition('-')[2]}"


def _joined(left: str, right: str) -> str:
    return f"{left} {right}".strip()
