"""The parts of an address, each made of a column or of several, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from address_match.indexer.sources.columns.written_address import (
    ANY_DIGIT,
    NUMBER,
    join_address,
    number_as_typed,
    number_range,
    says_a_kind,
    says_a_number,
    secondary_object,
    stands_in,
    without_flag,
)
from address_match.indexer.sources.table_batch import TableBatch


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
class CalledAfterPremises:
    """A column called `Property` or `Premises` and no more, that may hold their address, or anything else of them."""

    position: int

    @property
    def positions(self) -> tuple[int, ...]:
        """The column."""
        return (self.position,)

    def texts(self, batch: TableBatch) -> list[str]:
        """Return what each row holds."""
        texts: list[str] = batch.strings(self.position).to_pylist()
        return texts


@dataclass(frozen=True, slots=True)
class WholeElseLines:
    """A whole address, and of the rows that leave it empty the lines that stand beside it."""

    whole: AddressPart
    lines: tuple[AddressPart, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The column of the whole address, and the lines'."""
        return (*self.whole.positions, *(position for line in self.lines for position in line.positions))

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the address of each row."""
        return [
            whole if whole.strip() else join_address(lines)
            for whole, lines in zip(self.whole.texts(batch), rows_of(self.lines, batch), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class NameOfHouse:
    """Columns of which one or another names the house: of each row the first that is filled and says no kind of home or
    of tenure, as `House` and `Building` do in some registers. What says no more is left out where the row has a number.
    """

    positions: tuple[int, ...]
    numbers: tuple[AddressPart, ...]
    """The columns of house numbers."""
    house: int | None = None
    """The one that is called `House`, in which FLAT is a kind."""

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the name of each row."""
        columns = [batch.strings(place).to_pylist() for place in self.positions]
        is_house = [place == self.house for place in self.positions]
        return [
            self._name(row, is_house, has_number=any(map(str.strip, numbers)))
            for row, numbers in zip(zip(*columns, strict=True), rows_of(self.numbers, batch), strict=True)
        ]

    @staticmethod
    def _name(row: Sequence[str], is_house: Sequence[bool], *, has_number: bool) -> str:
        filled = [(text, house) for text, house in zip(row, is_house, strict=True) if text.strip()]
        names = [text for text, house in filled if not says_a_kind(text, of_house=house)]
        if not names and not has_number:
            names = [text for text, _ in filled]
        return next(iter(names), "")


@dataclass(frozen=True, slots=True)
class NameOfSomebody:
    """A column `Name` beside that of house numbers, which may name the house or who lives there: taken where a row has no
    number, or where it says one, as `FLAT 2` does and no person.
    """

    position: int
    numbers: tuple[AddressPart, ...]
    """The columns of house numbers."""

    @property
    def positions(self) -> tuple[int, ...]:
        """The column of the name."""
        return (self.position,)

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the name of each row that needs it."""
        names: list[str] = batch.strings(self.position).to_pylist()
        return [
            name if ANY_DIGIT.search(name) or not any(map(str.strip, numbers)) else ""
            for name, numbers in zip(names, rows_of(self.numbers, batch), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class NameOfBusiness:
    """A column of the businesses at whole addresses. A name of one word is left out, since it may be a kind: `Shop`."""

    part: AddressPart

    @property
    def positions(self) -> tuple[int, ...]:
        """The column of the name."""
        return self.part.positions

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the name of each row."""
        return [name if len(name.split()) > 1 else "" for name in self.part.texts(batch)]


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
class NumberOnRoad:
    """The number of a house, which a spreadsheet may have made decimal, or have taken for a date where it is a range."""

    part: AddressPart

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns of the number."""
        return self.part.positions

    def texts(self, batch: TableBatch) -> list[str]:
        """Return the number or the range of each row."""
        return list(map(number_as_typed, self.part.texts(batch)))


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
            if NUMBER.fullmatch(text.strip()) and NUMBER.match("".join((*names, *numbers)).strip())
            else text
            for text, names, numbers in zip(
                map(number_as_typed, map(without_flag, self.part.texts(batch))),
                rows_of(self.names, batch),
                rows_of(self.numbers, batch),
                strict=True,
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
        said = [", ".join(row).upper() for row in rows_of(self.beside, batch)]
        return [
            "" if self._is_said(asked.strip().upper(), whole) else text
            for text, asked, whole in zip(
                self.part.texts(batch), (self.road or self.part).texts(batch), said, strict=True
            )
        ]

    def _is_said(self, text: str, whole: str) -> bool:
        if self.number and (not text or (self.road is None and ANY_DIGIT.search(text))):
            return says_a_number(whole)
        return stands_in(text, whole)


def rows_of(parts: Sequence[AddressPart], batch: TableBatch) -> list[tuple[str, ...]]:
    """Return what each row says for these parts."""
    if not parts:
        return [()] * batch.data.num_rows
    return list(zip(*(part.texts(batch) for part in parts), strict=True))


def _optional(position: int | None, batch: TableBatch) -> list[str]:
    return [""] * batch.data.num_rows if position is None else batch.strings(position).to_pylist()
