"""How what the cells of a row say is written as an address."""

import re
from collections.abc import Sequence

NUMBER = re.compile(r"[0-9]+[A-Za-z]?(?:[-/][0-9]+[A-Za-z]?)?")
"""The number of a house or of a unit, or a range of them."""
_DECIMAL = re.compile(r"\.0+$")
ANY_DIGIT = re.compile(r"[0-9]")
_ANY_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}\b")
_NO_VALUES = frozenset(
    {"NULL", "null", "<NULL>", "<Null>", "N/A", "n/a", "#N/A", "\\N", "nan", "NaN", "None", "-", "."}
)
"""As programs write that a column holds nothing."""
_TRAILING_POSTCODE = re.compile(r"[ ,]+[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}[ ,.]*$")
_UNIT_WORD = re.compile(r"[A-Za-z]+")


def number_range(start: str, start_suffix: str = "", end: str = "", end_suffix: str = "") -> str:
    """Write the number of an addressable object; a zero in both numbers stands for none, as some exports write it.

    >>> number_range("10", "A", "12", "B"), number_range("7.0", "", "0"), number_range("0", "", "0"), number_range("0")
    ('10A-12B', '7', '', '0')
    """
    first, last = (_DECIMAL.sub("", number.strip()) for number in (start, end))
    if last == "0":
        first, last = ("" if first == "0" else first), ""
    written = first + start_suffix.strip()
    until = last + end_suffix.strip()
    return f"{written}-{until}" if last and written and until != written else written


def secondary_object(text: str, number: str) -> str:
    """Write what lies within a building; a number without a word for it is a flat's.

    >>> secondary_object("FLAT", "2"), secondary_object("", "2A"), secondary_object("FIRST FLOOR", "2")
    ('FLAT 2', 'FLAT 2A', 'FIRST FLOOR, FLAT 2')
    """
    words = text.strip()
    if not number:
        return f"FLAT {words}" if NUMBER.fullmatch(words) else words
    if _UNIT_WORD.fullmatch(words):
        return f"{words} {number}"
    return ", ".join(part for part in (words, f"FLAT {number}") if part)


def says_a_number(text: str) -> bool:
    """Return whether an address in upper case holds a digit beside those of its postcode.

    >>> says_a_number("12 MILL LANE, ZE1 4QT"), says_a_number("MILL LANE, ZE1 4QT")
    (True, False)
    """
    return ANY_DIGIT.search(_ANY_POSTCODE.sub("", text)) is not None


def join_address(parts: Sequence[str], postcode: str = "") -> str:
    """Write the parts of an address in one line, each once, the postcode at its end.

    >>> join_address(["12", "High Street", "NULL", "Anytown"], "AB1 2CD")
    '12 High Street, Anytown, AB1 2CD'
    """
    written = ""
    before = ""
    for part in parts:
        text = part.strip(" ,")
        if not text or text in _NO_VALUES:
            continue
        if not written:
            written = text
        elif NUMBER.fullmatch(text):
            written = f"{written}, {text}"
        elif not _ends_with(written, text):
            separator = " " if NUMBER.fullmatch(before) else ", "
            written = f"{written}{separator}{text}"
        before = text
    code = postcode.strip().strip(" ,")
    if not code or code in _NO_VALUES:
        return written
    if code.replace(" ", "").upper() in written[-max(24, len(code)) :].replace(" ", "").upper():
        return written
    return f"{written}, {code}" if written else code


def stands_in(words: str, text: str) -> bool:
    """Return whether words stand in a text, and not within others.

    >>> stands_in("2", "12 MILL LANE"), stands_in("MILL", "12 MILL LANE"), stands_in("", "12 MILL LANE")
    (False, True, True)
    """
    place = text.find(words)
    while place >= 0 and words:
        end = place + len(words)
        if not text[place - 1 : place].isalnum() and not text[end : end + 1].isalnum():
            return True
        place = text.find(words, place + 1)
    return not words


def _ends_with(written: str, part: str) -> bool:
    """Return whether a part already stands as one of the comma-separated parts before it, or at the end, before a
    postcode.

    >>> _ends_with("1 MILL LANE OTLEY LS21 4QT", "Otley"), _ends_with("1 OTLEY ROAD", "Otley")
    (True, False)
    """
    text, asked = written.upper(), part.upper()
    if asked not in text:
        return False
    if asked in (piece.strip() for piece in text.split(",")):
        return True
    code = _TRAILING_POSTCODE.search(text)
    return code is not None and text[: code.start()].endswith((f" {asked}", f",{asked}"))
