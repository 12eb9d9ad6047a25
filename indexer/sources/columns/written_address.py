"""How what the cells of a row say is written as an address."""

import re
from collections.abc import Sequence

NUMBER = re.compile(r"[0-9]+[A-Za-z]?(?:[-/][0-9]+[A-Za-z]?)?")
"""The number of a house or of a unit, or a range of them."""
UNIT = re.compile(
    r"(?:FLAT|APARTMENT|APT|UNIT|SUITE|ROOM|STUDIO|KIOSK|SHOP|OFFICE|WORKSHOP|MAISONETTE)S? +[0-9]{0,4}[A-Z]?"
    r"(?:(?:-| TO | ?& ?)[0-9]{1,4}[A-Z]?)?"
)
"""What lies within a building, in upper case, with its number or letter and no more."""
HOUSE_NUMBER = re.compile(r"[0-9]{1,3}[A-Z]?(?:[-/][0-9]{1,3}[A-Z]?)?")
"""The number of a house, in upper case, where it stands in a column of any name."""
_DECIMAL = re.compile(r"(?<=[0-9])[.,]0+$")
ANY_DIGIT = re.compile(r"[0-9]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?P<day>[0-9]{{1,2}})-(?P<of>{_MONTH})|(?P<month>{_MONTH})-(?P<year2>[0-9]{{2}})"
    r"|[0-9]{2}(?P<year>[0-9]{2})-(?P<iso>0[1-9]|1[0-2])-(?P<d>[0-9]{2})(?:[ T]00:00:00)?",
    re.IGNORECASE,
)
"""What a spreadsheet makes of `1-3`, and what a program that reads its cells does."""
POSTCODE = r"[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}"
ANY_POSTCODE = re.compile(rf"\b{POSTCODE}\b")
_NO_VALUES = frozenset(
    {"NULL", "null", "<NULL>", "<Null>", "N/A", "n/a", "#N/A", "\\N", "nan", "NaN", "None", "-", "."}
)
"""As programs write that a column holds nothing."""
_FLAGS = frozenset({"Y", "N", "YES", "NO", "TRUE", "FALSE", "0"})
"""In a column that should hold what lies within a building: whether there is any."""
_KINDS = frozenset(
    {
        *_FLAGS,
        *(
            "HOUSE",
            "DWELLING",
            "BUNGALOW",
            "DETACHED",
            "SEMI",
            "SEMI DETACHED",
            "LINK DETACHED",
            "TERRACE",
            "TERRACED",
        ),
        *(
            "MID TERRACE",
            "END TERRACE",
            "MID TERRACED",
            "END TERRACED",
            "END OF TERRACE",
            "BLOCK",
            "BLOCK OF FLATS",
        ),
        *("PURPOSE BUILT", "CONVERTED", "CONVERSION", "HMO", "RESIDENTIAL", "COMMERCIAL"),
        *(
            f"{how} {what}"
            for how in ("DETACHED", "SEMI DETACHED", "TERRACED")
            for what in ("HOUSE", "BUNGALOW")
        ),
        *(
            "COUNCIL",
            "PRIVATE",
            "PRIVATE RENTED",
            "PRIVATELY RENTED",
            "RENTED",
            "OWNER OCCUPIED",
            "OWNED",
            "TENANTED",
        ),
        *(
            "SOCIAL",
            "SOCIAL RENTED",
            "LOCAL AUTHORITY",
            "HOUSING ASSOCIATION",
            "SHARED OWNERSHIP",
            "FREEHOLD",
        ),
        *("LEASEHOLD", "GENERAL NEEDS", "SHELTERED", "OTHER", "UNKNOWN"),
    }
)
"""What registers write of a home that is none of its name: its kind, and by what right people live there."""
_KINDS_OF_FLATS = frozenset({"FLAT", "MAISONETTE", "APARTMENT", "STUDIO", "BEDSIT"})
"""Kinds as well, but where a cell may hold what lies within a building."""
_NUMBER_BEFORE_WORD = re.compile(r"\b[0-9]+[A-Z]?,? +[A-Z]{3,}")
_NEARLY_ALL = 0.75
_BETWEEN_WORDS = re.compile(r"[^A-Z0-9]+")
_TRAILING_POSTCODE = re.compile(rf"[ ,]+{POSTCODE}[ ,.]*$")
_UNIT_WORD = re.compile(r"[A-Za-z]+")
_SIGNS_BETWEEN_LINES = "$^~*\\\u00a6\u00a7\u00ac"
"""With which programs part the lines of an address within a cell; none stands twice in an address."""
_LEAST_LINES = 3
_ANY_SIGN = re.compile(f"[{re.escape(_SIGNS_BETWEEN_LINES)}]")


def number_as_typed(text: str) -> str:
    """Return the number of a house or of a unit as it was typed, before a spreadsheet made it decimal or a date.

    Zero stands for none.

    >>> [number_as_typed(text) for text in ("12,0", "7.0", "01-Mar", "12A", "Flat 1, 2.0", "0")]
    ['12', '7', '1-3', '12A', 'Flat 1, 2.0', '']
    """
    whole = _DECIMAL.sub("", text.strip())
    if whole.isdigit():
        return whole if whole.strip("0") else ""
    return range_of_date(text)


def range_of_date(text: str) -> str:
    """Return the range of house numbers that a spreadsheet took for a date; other texts as they are.

    Of the ways in which it may have been typed the first is taken whose numbers stand on one side of a road.

    >>> [range_of_date(text) for text in ("01-Mar", "03-Jan", "Mar-13", "2026-08-02", "2019-03-01", "12-14", "12A")]
    ['1-3', '1-3', '3-13', '2-8', '1-3', '12-14', '12A']
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return text
    month = int(found["iso"]) if found["iso"] else _MONTHS.index((found["of"] or found["month"]).title()) + 1
    day, year = (
        None if number is None else int(number)
        for number in (found["day"] or found["d"], found["year"] or found["year2"])
    )
    typed = [(day, month), (month, day), (month, year if day in {None, 1} else None)]
    ranges = [
        (first, last) for first, last in typed if first is not None and last is not None and first < last
    ]
    of_one_side = [(first, last) for first, last in ranges if (last - first) % 2 == 0]
    return next((f"{first}-{last}" for first, last in (*of_one_side, *ranges)), text)


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


def without_flag(text: str) -> str:
    """Return what lies within a building; nothing where a cell says whether there is anything.

    >>> without_flag("Y"), without_flag("FLAT Y"), without_flag("2")
    ('', 'FLAT Y', '2')
    """
    return "" if text.strip().upper() in _FLAGS else text


def says_a_kind(text: str, *, of_house: bool = False) -> bool:
    """Return whether a text says of which kind a home is, or by what right people live there, and no more; `of_house`,
    that it stands where no flat would.

    >>> says_a_kind("Semi-detached"), says_a_kind("Owner occupied"), says_a_kind("The Bungalow")
    (True, True, False)
    >>> says_a_kind("Flat"), says_a_kind("Flat", of_house=True)
    (False, True)
    """
    words = _BETWEEN_WORDS.sub(" ", text.upper()).strip()
    return words in _KINDS or (of_house and words in _KINDS_OF_FLATS)


def says_a_number(text: str) -> bool:
    """Return whether an address in upper case holds a digit beside those of its postcode.

    >>> says_a_number("12 MILL LANE, ZE1 4QT"), says_a_number("MILL LANE, ZE1 4QT")
    (True, False)
    """
    return ANY_DIGIT.search(ANY_POSTCODE.sub("", text)) is not None


def without_postcode(text: str) -> str:
    """Return an address in upper case without its postcodes."""
    return ANY_POSTCODE.sub("", text)


def looks_like_an_address(text: str) -> bool:
    """Return whether a text says a number before a word, or a postcode behind one.

    >>> [looks_like_an_address(text) for text in ("12 Mill Lane, Otley", "Shop and premises", "Site 7", "LS21 4QT")]
    [True, False, False, False]
    """
    words = without_postcode(text.upper())
    return _NUMBER_BEFORE_WORD.search(words) is not None or (
        words != text.upper() and any(map(str.isalpha, words))
    )


def says_the_words_of(part: str, whole: str) -> bool:
    """Return whether an address says nearly all words of another text, in whatever order.

    >>> says_the_words_of("12 Mill Lane", "Flat 2, 12 MILL LANE, OTLEY"), says_the_words_of("9 High Street", "12 MILL LANE")
    (True, False)
    """
    asked, said = (set(_BETWEEN_WORDS.sub(" ", text.upper()).split()) for text in (part, whole))
    return len(asked & said) >= _NEARLY_ALL * len(asked)


def with_lines_parted(text: str) -> str:
    """Return an address with commas for a sign that stands between its lines, which are three at least.

    >>> with_lines_parted("Flat 2$12 Mill Lane$Otley"), with_lines_parted("12 Mill Lane *"), with_lines_parted("Pay$Go, 2 Elm Row")
    ('Flat 2, 12 Mill Lane, Otley', '12 Mill Lane *', 'Pay$Go, 2 Elm Row')
    """
    if _ANY_SIGN.search(text) is None:
        return text
    for sign in _SIGNS_BETWEEN_LINES:
        lines = [line.strip() for line in text.split(sign)]
        if sum(any(map(str.isalnum, line)) for line in lines) >= _LEAST_LINES:
            text = ", ".join(filter(None, lines))
    return text


def join_address(parts: Sequence[str], postcode: str = "") -> str:
    """Write the parts of an address in one line, each once, the postcode at its end.

    >>> join_address(["12", "High Street", "NULL", "Anytown"], "AB1 2CD")
    '12 High Street, Anytown, AB1 2CD'
    """
    written = ""
    before = ""
    for part in parts:
        text = with_lines_parted(part.strip(" ,"))
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
