"""The other addresses that the columns of a table may make, beside those of the columns that were found by their names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

import pyarrow as pa

from address_match.indexer.sources.columns.address_columns import detect_address_columns
from address_match.indexer.sources.columns.address_composition import AddressComposition, AddressForm
from address_match.indexer.sources.columns.address_parts import FirstFilled
from address_match.indexer.sources.columns.column_contents import are_house_numbers, may_be_parts
from address_match.indexer.sources.columns.owner_words import SOMEBODY, owner_and_word, premises_among
from address_match.indexer.sources.columns.plain_names import plain_name
from address_match.indexer.sources.columns.unused_columns import not_of_another
from address_match.indexer.sources.columns.written_address import (
    ANY_DIGIT,
    ANY_POSTCODE,
    join_address,
    looks_like_an_address,
    without_postcode,
)
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input.input_addresses import read_addresses

_MOST_ADDED = 8
"""Columns that are tried beside the others: those first whose cells differ most."""
_LEAST_FILLED = 0.02
_MOST = 0.5
_OF_A_SERIES = re.compile(r"(?P<of>.*[a-z])_?[0-9]")


class Change(Enum):
    """What another address does to the columns that were found."""

    ADDED = auto()
    """One more is read."""
    REPLACED = auto()
    """Another one is read for the number of the house, or the postcode."""
    LEFT_OUT = auto()
    ELSEWHERE = auto()
    """Others are read instead of all of them, of which no name says whose they are."""
    SOMEBODYS = auto()
    """Others are read that are of somebody nobody knows, or beside those of the premises."""


@dataclass(frozen=True, slots=True)
class OtherComposition:
    """The addresses that some rows would have by other columns."""

    change: Change
    wording: str
    """What it does, behind `are matched`: `without Street No`."""
    columns: tuple[str, ...]
    """Those that make it, in the order of an address."""
    texts: tuple[str, ...]
    """The address of each row."""


def other_compositions(rows: TableBatch, address: AddressComposition) -> list[OtherComposition]:
    """Return what else the columns of rows may make of an address: with one more of those that are not read and whose
    cells may be a part of it, with one in place of the house's number or of the postcode, without one that is read,
    and of others alone.
    """
    names: list[str] = rows.data.schema.names
    return [
        *_elsewhere(rows, names, address),
        *_with_one_more(rows, names, address),
        *_without_one(rows, names, address),
    ]


def _with_one_more(
    rows: TableBatch, names: Sequence[str], address: AddressComposition
) -> Iterator[OtherComposition]:
    chosen = read_addresses(rows, address)
    for place in _may_be_parts(rows, names, address):
        cells: list[str] = rows.strings(place).to_pylist()
        are_numbers = are_house_numbers([cell for text in cells if (cell := text.strip())])
        for replaced in _may_be_replaced_by(cells, address):
            yield OtherComposition(
                Change.REPLACED,
                f"with {names[place]} in place of {names[replaced]}",
                tuple(names[place if position == replaced else position] for position in address.columns),
                tuple(read_addresses(_with_cells(rows, replaced, cells), address)),
            )
        if are_numbers and address.forms[0].roads:
            wider = replace(address, forms=tuple(_with_number(form, place) for form in address.forms))
            columns = tuple(names[position] for position in wider.columns)
            texts = wider.addresses(rows)
        else:
            columns = (names[place], *(names[position] for position in address.columns))
            texts = [join_address((cell, text)) for cell, text in zip(cells, chosen, strict=True)]
        yield OtherComposition(Change.ADDED, f"with {names[place]} beside them", columns, tuple(texts))


def _without_one(
    rows: TableBatch, names: Sequence[str], address: AddressComposition
) -> Iterator[OtherComposition]:
    blank = [""] * rows.data.num_rows
    for place in address.columns if len(address.columns) > 1 else ():
        yield OtherComposition(
            Change.LEFT_OUT,
            f"without {names[place]}",
            tuple(names[position] for position in address.columns if position != place),
            tuple(read_addresses(_with_cells(rows, place, blank), address)),
        )


def _elsewhere(
    rows: TableBatch, names: Sequence[str], address: AddressComposition
) -> Iterator[OtherComposition]:
    """Yield the addresses that the columns make that are not read, and whose names do not say whose they are."""
    free = [place for place in not_of_another(names, address.columns) if not _is_somebodys(names[place])]
    found = [detect_address_columns([name if p in free else "" for p, name in enumerate(names)]).composition]
    found += map(AddressComposition.of_columns, _series(names, free))
    found += [AddressComposition.of_columns((place,)) for place in free]
    of_premises = premises_among({_owner(names[place])[0] for place in address.columns})
    tried: set[tuple[int, ...]] = set()
    for other in found:
        if not other.columns or other.columns in tried:
            continue
        tried.add(other.columns)
        texts = read_addresses(rows, other)
        if sum(map(looks_like_an_address, texts)) > _MOST * len(texts):
            columns = tuple(names[position] for position in other.columns)
            is_told = of_premises or any(_owner(name)[1] for name in columns)
            change = Change.SOMEBODYS if is_told else Change.ELSEWHERE
            yield OtherComposition(change, f"by {', '.join(columns)} alone", columns, tuple(texts))


def _owner(name: str) -> tuple[str, str]:
    """Part the name of a column into whose address it is of, and the word of an address; nothing where it says neither."""
    owner, word = owner_and_word(plain_name(name))
    return owner, word if owner else ""


def _is_somebodys(name: str) -> bool:
    """Return whether the name of a column says whose it is, though that may be anybody."""
    return plain_name(name) in SOMEBODY or _owner(name)[0] in SOMEBODY


def _series(names: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the columns whose names differ in a digit at their end alone: `Let 1`, `Let 2`."""
    told = [
        (found["of"], place)
        for place in places
        if (found := _OF_A_SERIES.fullmatch(plain_name(names[place])))
    ]
    for _, series in groupby(told, key=lambda one: one[0]):
        members = tuple(place for _, place in series)
        if len(members) > 1:
            yield members


def _may_be_parts(rows: TableBatch, names: Sequence[str], address: AddressComposition) -> list[int]:
    """Return the columns that are not read and whose cells may be a part of the address, those first that differ most."""
    differing: Mapping[int, int] = {
        place: len(set(cells))
        for place in not_of_another(names, address.columns)
        if may_be_parts(cells := [cell for text in rows.strings(place).to_pylist() if (cell := text.strip())])
        and len(cells) > _LEAST_FILLED * rows.data.num_rows
    }
    return sorted(differing, key=lambda place: -differing[place])[:_MOST_ADDED]


def _may_be_replaced_by(cells: Sequence[str], address: AddressComposition) -> list[int]:
    """Return the columns whose place others may take: that of the postcode those of postcodes, that of house numbers those
    that mostly say a number.
    """
    said = [cell.strip().upper() for cell in cells if cell.strip()]
    parts = [address.postcode] if all(map(ANY_POSTCODE.fullmatch, said)) else []
    if sum(ANY_DIGIT.search(without_postcode(cell)) is not None for cell in said) > _MOST * len(said):
        parts += [form.house_number for form in address.forms]
    return sorted({part.positions[0] for part in parts if part is not None and len(part.positions) == 1})


def _with_number(form: AddressForm, place: int) -> AddressForm:
    return replace(form, doors=(*form.doors, FirstFilled((place,))))


def _with_cells(rows: TableBatch, place: int, cells: Sequence[str]) -> TableBatch:
    data = rows.data.set_column(place, rows.data.schema.names[place], pa.array(cells, pa.string()))
    return TableBatch(rows.first_row, data, ())
