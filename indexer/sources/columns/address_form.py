"""How the columns of a row become the text of an address, row by row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from address_match.indexer.sources.table_batch import TableBatch

_NUMBER = re.compile(r"[0-9]+[A-Za-z]?(?:[-/][0-9]+[A-Za-z]?)?")
_DECIMAL = re.compile(r"\.0+$")
_ANY_DIGIT = re.compile(r"[0-9]")
_ANY_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}\b")
_NO_VALUES = frozenset(
    {"NULL", "null", "<NULL>", "<Null>", "N/A", "n/a", "#N/A", "\\N", "nan", "NaN", "None", "-", "."}
)
"""As programs write that a column holds nothing."""
_TRAILING_POSTCODE = re.compile(r"[ ,]+[A-Z]{1,2}[0-9][0-9A-Z]? *[0-9][A-Z]{2}[ ,.]*$")
_UNIT_WORD = re.compile(r"[A-Za-z]+")
_HOUSE_ON_ROAD = re.compile(r"(?:^|,) *([0-9]+[A-Za-z]?),? +[A-Za-z]")


class AddressPart(Protocol):
    """One part of an address, made of a column or of several."""

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns that it is made of."""
        ...

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the part of each row, empty where it has none."""
        ...


@dataclass(frozen=True, slots=True)
class FirstFilled:
    """A part that several columns may hold: of each row the first that holds anything."""

    positions: tuple[int, ...]

    def texts(self, batch: TableBatch) -> list[str]:
        """Return what the first filled column of each row holds."""
        columns: list[list[str]] = [batch.strings(position).to_pylist() for position in self.positions]
        if len(columns) == 1:
            return columns[0]
        return [next((text for text in row if text.strip()), "") for row in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class HalvesOfPostcode:
    """A postcode whose halves stand in two columns."""

    outward: int
    inward: int

    @property
    def positions(self) -> tuple[int, ...]:
        """The two columns."""
        return (self.outward, self.inward)

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the postcode of each row."""
        halves = (batch.strings(position).to_pylist() for position in self.positions)
        return [
            f"{outward.strip()} {inward.strip()}".strip() for outward, inward in zip(*halves, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The number of an addressable object of a gazetteer, in the columns of BS 7666: `10`, `A`, `12`, `B` is 10A-12B."""

    start: int | None = None
    start_suffix: int | None = None
    end: int | None = None
    end_suffix: int | None = None

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns that there are."""
        found = (self.start, self.start_suffix, self.end, self.end_suffix)
        return tuple(position for position in found if position is not None)

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the number or the range of each row."""
        columns = [
            _optional(position, batch)
            for position in (self.start, self.start_suffix, self.end, self.end_suffix)
        ]
        return [number_range(*row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class SecondaryObject:
    """What lies within a building, in the columns of a gazetteer: `FLAT 2`, `FIRST FLOOR`, or a number that is a
    flat's.
    """

    text: int | None
    number: NumberRange

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns that there are."""
        return self.number.positions if self.text is None else (self.text, *self.number.positions)

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the unit of each row."""
        texts, numbers = _optional(self.text, batch), self.number.texts(batch)
        return [secondary_object(text, number) for text, number in zip(texts, numbers, strict=True)]


@dataclass(frozen=True, slots=True)
class NumberedUnit:
    """A column of units, which often holds their number alone: where a house number follows, a word for what it is is
    written before it. Before a name it may be the number of a house, as in `2 MILL COTTAGES`.
    """

    part: AddressPart
    word: str
    """FLAT, UNIT."""
    names: tuple[AddressPart, ...]
    """The columns of buildings."""
    numbers: tuple[AddressPart, ...]
    """The columns of house numbers."""

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns of the unit."""
        return self.part.positions

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the unit of each row."""
        return [
            f"{self.word} {text.strip()}"
            if _NUMBER.fullmatch(text.strip()) and _NUMBER.match("".join((*names, *numbers)).strip())
            else text
            for text, names, numbers in zip(
                self.part.texts(batch), _rows(self.names, batch), _rows(self.numbers, batch), strict=True
            )
        ]


@dataclass(frozen=True, slots=True)
class UnlessSaid:
    """A part that stands beside a whole address, or beside its lines: of each row, unless these say it already."""

    part: AddressPart
    beside: tuple[AddressPart, ...]
    number: bool = False
    """Whether it is a house number, which is said where there is any number but the postcode's; a name in its place as
    any other part.
    """
    road: AddressPart | None = None
    """The road whose house number it is, where that stands beside them as well: of both either is said, or neither."""

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns of the part."""
        return self.part.positions

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the part of each row, empty where it is said already."""
        said = [", ".join(row).upper() for row in _rows(self.beside, batch)]
        return [
            "" if self._is_said(asked.strip().upper(), whole) else text
            for text, asked, whole in zip(
                self.part.texts(batch), (self.road or self.part).texts(batch), said, strict=True
            )
        ]

    def _is_said(self, text: str, whole: str) -> bool:
        if self.number and (not text or (self.road is None and _ANY_DIGIT.search(text))):
            return says_a_number(whole)
        return _stands_in(text, whole)


@dataclass(frozen=True, slots=True)
class AddressForm:
    """One way in which a row may say which premises it is: by its postal address, or by its gazetteer's."""

    doors: tuple[AddressPart, ...]
    """What tells it from the next one on its road; in the order of an address, as the others are."""
    roads: tuple[AddressPart, ...] = ()
    organisations: tuple[AddressPart, ...] = ()
    """Who is there, which comes first."""
    house_number: AddressPart | None = None
    """Of the doors that which holds the number on the road."""

    @property
    def parts(self) -> tuple[AddressPart, ...]:
        """All of it in the order of an address."""
        return (*self.organisations, *self.doors, *self.roads)

    def rows(self, batch: TableBatch) -> list[tuple[str, ...]]:
        """Return the parts of each row."""
        return _rows(self.parts, batch)

    def names_door(self, row: tuple[str, ...]) -> bool:
        """Return whether the parts of a row tell it from the next one on its road."""
        first = len(self.organisations)
        return any(map(str.strip, row[first : first + len(self.doors)]))

    def numbered_twice(self, batch: TableBatch) -> list[bool]:
        """Return for each row whether its road says another number than the one that stands beside it."""
        if self.house_number is None:
            return [False] * batch.data.num_rows
        numbers, roads = self.house_number.texts(batch), _rows(self.roads, batch)
        said = (_HOUSE_ON_ROAD.search(", ".join(road)) for road in roads)
        return [
            _ANY_DIGIT.search(number) is not None and on_road is not None and on_road[1] != number.strip()
            for number, on_road in zip(numbers, said, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class AddressComposition:
    """How the addresses of a table are made of its columns."""

    forms: tuple[AddressForm, ...]
    """Of each row the first is taken that names a door, else the last."""
    places: tuple[AddressPart, ...] = ()
    postcode: AddressPart | None = None
    """Stands at the end, unless the address ends with it."""

    @classmethod
    def of_columns(cls, address: Iterable[int], postcode: int | None = None) -> "AddressComposition":
        """Return the address that is made of columns as they stand, in this order."""
        parts = tuple(FirstFilled((position,)) for position in address)
        return cls((AddressForm(parts),), (), None if postcode is None else FirstFilled((postcode,)))

    @property
    def address(self) -> tuple[int, ...]:
        """The columns that make it, each once, in their order; the postcode's are left out."""
        parts = [*(part for form in self.forms for part in form.parts), *self.places]
        return tuple(dict.fromkeys(position for part in parts for position in part.positions))

    @property
    def columns(self) -> tuple[int, ...]:
        """All columns that it reads."""
        return self.address if self.postcode is None else (*self.address, *self.postcode.positions)

    def says_doors(self, batch: TableBatch) -> list[bool]:
        """Return whether a column of each row says the number or the name of the premises; so does one with all of the
        address.
        """
        said = [list(map(form.names_door, form.rows(batch))) for form in self.forms]
        return [any(row) for row in zip(*said, strict=True)]

    def postcodes(self, batch: TableBatch) -> list[str]:
        """Return the postcode of each row."""
        return [""] * batch.data.num_rows if self.postcode is None else self.postcode.texts(batch)

    def addresses(self, batch: TableBatch) -> list[str]:
        """Return the address of each row in one line."""
        places, codes = _rows(self.places, batch), self.postcodes(batch)
        return [
            join_address((*first, *rest), code)
            for first, rest, code in zip(self._premises(batch), places, codes, strict=True)
        ]

    def _premises(self, batch: TableBatch) -> list[tuple[str, ...]]:
        *others, last = self.forms
        rows = last.rows(batch)
        for form in reversed(others):
            rows = [
                row if form.names_door(row) else other
                for row, other in zip(form.rows(batch), rows, strict=True)
            ]
        return rows


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
        return f"FLAT {words}" if _NUMBER.fullmatch(words) else words
    if _UNIT_WORD.fullmatch(words):
        return f"{words} {number}"
    return ", ".join(part for part in (words, f"FLAT {number}") if part)


def says_a_number(text: str) -> bool:
    """Return whether an address in upper case holds a digit beside those of its postcode.

    >>> says_a_number("12 MILL LANE, ZE1 4QT"), says_a_number("MILL LANE, ZE1 4QT")
    (True, False)
    """
    return _ANY_DIGIT.search(_ANY_POSTCODE.sub("", text)) is not None


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
        elif _NUMBER.fullmatch(text):
            written = f"{written}, {text}"
        elif not _ends_with(written, text):
            separator = " " if _NUMBER.fullmatch(before) else ", "
            written = f"{written}{separator}{text}"
        before = text
    code = postcode.strip().strip(" ,")
    if not code or code in _NO_VALUES:
        return written
    if code.replace(" ", "").upper() in written[-max(24, len(code)) :].replace(" ", "").upper():
        return written
    return f"{written}, {code}" if written else code


def _stands_in(words: str, text: str) -> bool:
    """Return whether words stand in a text, and not within others.

    >>> _stands_in("2", "12 MILL LANE"), _stands_in("MILL", "12 MILL LANE"), _stands_in("", "12 MILL LANE")
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


def _rows(parts: Sequence[AddressPart], batch: TableBatch) -> list[tuple[str, ...]]:
    """Return what each row says for these parts."""
    if not parts:
        return [()] * batch.data.num_rows
    return list(zip(*(part.texts(batch) for part in parts), strict=True))


def _optional(position: int | None, batch: TableBatch) -> list[str]:
    return [""] * batch.data.num_rows if position is None else batch.strings(position).to_pylist()
