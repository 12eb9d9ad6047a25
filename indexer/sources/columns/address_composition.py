"""How the columns of a row become the text of an address."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from address_match.indexer.sources.columns.address_parts import (
    AddressPart,
    CalledAfterPremises,
    FirstFilled,
    NumberedUnit,
    NumberOnRoad,
    rows_of,
)
from address_match.indexer.sources.columns.written_address import (
    ANY_DIGIT,
    NUMBER,
    join_address,
    looks_like_an_address,
)
from address_match.indexer.sources.table_batch import TableBatch

_NEARLY_ALL = 0.9
_FEW_PLACES = 10
"""Parts of one campus may well be of one organisation; nobody has this many sites who asks for nothing else."""
_ROWS_WITHOUT_GAP, _ROWS_WITHOUT_REPEAT = 20, 60
"""Rows of several roads, from which on their house numbers are not 1 to so many in any order, or come again."""
_LONGEST_HOUSE_NUMBER = 4
"""In digits."""
_HOUSE_ON_ROAD = re.compile(r"(?:^|,) *([0-9]+[A-Za-z]?),? +[A-Za-z]")


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
        return rows_of(self.parts, batch)

    def names_door(self, row: tuple[str, ...]) -> bool:
        """Return whether the parts of a row tell it from the next one on its road."""
        first = len(self.organisations)
        return any(map(str.strip, row[first : first + len(self.doors)]))

    def numbered_twice(self, batch: TableBatch) -> list[bool]:
        """Return for each row whether its road says another number than the one that stands beside it, two of its parts are a
        number and no more, or two columns of which either holds the number say different ones.
        """
        if self.house_number is None:
            return [False] * batch.data.num_rows
        either = isinstance(self.house_number, NumberOnRoad) and len(self.house_number.positions) > 1
        columns = [batch.strings(place).to_pylist() for place in self.house_number.positions if either]
        differ = [
            len({cell.strip().upper() for cell in row} - {""}) > 1 for row in zip(*columns, strict=True)
        ]
        numbers, roads = self.house_number.texts(batch), rows_of(self.roads, batch)
        said = (_HOUSE_ON_ROAD.search(", ".join(road)) for road in roads)
        beside = (sum(NUMBER.fullmatch(part.strip()) is not None for part in row) for row in self.rows(batch))
        return [
            count > 1
            or other
            or (ANY_DIGIT.search(number) is not None and on_road is not None and on_road[1] != number.strip())
            for number, on_road, count, other in zip(
                numbers, said, beside, differ or [False] * len(numbers), strict=True
            )
        ]

    def counts_rows(self, batch: TableBatch) -> bool:
        """Return whether the numbers on the road are those of rows, whatever the road: they go up by one from row to row, or
        none comes again where so many rows as these would say some number twice.
        """
        if self.house_number is None or not self.roads:
            return False
        numbers = [text.strip() for text in self.house_number.texts(batch)]
        roads = rows_of(self.roads, batch)
        if not all(number.isascii() and number.isdigit() for number in numbers):
            return False
        counted = list(map(int, numbers))
        if all(after == before + 1 for before, after in pairwise(counted)):
            return sum(road != other for road, other in pairwise(roads)) > 1
        without_gap = max(counted, default=0) - min(counted, default=0) < len(counted)
        return (
            len(set(counted)) == len(counted)
            and len(set(roads)) > 2
            and len(counted) >= (_ROWS_WITHOUT_GAP if without_gap else _ROWS_WITHOUT_REPEAT)
        )

    def numbers_no_house(self, batch: TableBatch) -> bool:
        """Return whether most numbers on the road have more digits than those of houses."""
        numbers = [] if self.house_number is None else self.house_number.texts(batch)
        alone = [text.strip() for text in numbers if text.strip().isdigit()]
        return 2 * sum(len(number) > _LONGEST_HOUSE_NUMBER for number in alone) > len(alone)

    def lacks_an_address(self, batch: TableBatch) -> bool:
        """Return whether a column called after the premises alone looks in most rows like none."""
        called = [part for part in self.doors if isinstance(part, CalledAfterPremises)]
        cells = [cell for part in called for cell in part.texts(batch) if cell.strip()]
        return bool(called) and 2 * sum(map(looks_like_an_address, cells)) <= len(cells)

    def names_one_organisation(self, batch: TableBatch) -> bool:
        """Return whether nearly all rows name one organisation, as that which keeps the table, at many places."""
        rows = [(row[: len(self.organisations)], row[len(self.organisations) :]) for row in self.rows(batch)]
        count = Counter(name for who, _ in rows if (name := join_address(who)))
        most = count.most_common(1)
        return bool(most) and (
            most[0][1] > _NEARLY_ALL * len(rows) and len({where for _, where in rows}) > _FEW_PLACES
        )

    def flags_units(self, batch: TableBatch) -> bool:
        """Return whether what lies within a building is said by 0 and 1 alone, or by one word in all rows."""
        units = [place for part in self.doors if isinstance(part, NumberedUnit) for place in part.positions]
        said = ({text.strip() for text in batch.strings(place).to_pylist()} for place in units)
        return any(
            values - {""} == {"0", "1"} or (len(values) == 1 and not ANY_DIGIT.search("".join(values) or "0"))
            for values in said
        )


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
        places, codes = rows_of(self.places, batch), self.postcodes(batch)
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
