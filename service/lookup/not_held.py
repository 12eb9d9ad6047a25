"""What of an address the reference does not hold, though it holds the street or the building that the address names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.retrieval import PremisesLists
from address_match.indexer.texts.dictionary_columns import rows_of, values_of
from address_match.parser.fields.premises_part import PremisesPart
from address_match.parser.parse import Component, Parse
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.lookup.listed_premises import listed
from address_match.service.matching.answer import Answer, Relation, Status
from address_match.service.matching.features.feature import Field

NEAREST = 5
"""Numbers of a street that are offered instead of one that it lacks."""
_OF_BUILDING = (Relation.PARENT, Relation.SIBLING)
_BESIDE = (*_OF_BUILDING, Relation.SAME_STREET)
"""What the offered premises is to one that is not held, where a part alone may be at fault."""


class _Row(NamedTuple):
    """What a text of a street says of its premises."""

    uprn: str
    number: int
    number_end: int
    suffix: str
    unit: str
    building: str
    street: str
    town: str


@dataclass(frozen=True, slots=True)
class HeldNumber:
    """A number of a street, and a premises that has it: the house itself where it is held, else one of its parts."""

    number: str
    """With its letter, or both ends of its range: `12`, `12A`, `6-8`."""
    uprn: str
    address: str


@dataclass(frozen=True, slots=True)
class NotHeld:
    """The part of an address that the reference does not hold."""

    element: Field
    """The number, of a street that is held, or the flat, of a building that is."""
    text: str
    """As it is written in the address."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    nearest: tuple[HeldNumber, ...] = ()
    """Instead of a number the nearest of its street, those of its own side (odd or even) first; none instead of a flat."""


def may_lack_a_part(answer: Answer) -> bool:
    """Return whether an answer is one for which `not_held` may find anything."""
    return answer.status is not Status.MATCHED and answer.relation in _BESIDE


def not_held(parse: Parse, answer: Answer, lists: PremisesLists) -> NotHeld | None:
    """Return the number or the flat of a parsed address that is not held beside the premises which its answer offers.

    None where nothing of the kind is known: of an index without a street directory too, and where the address may mean
    something else.
    """
    if not may_lack_a_part(answer):
        return None
    offered = lists.lookup_all([answer.uprn or answer.related_uprn])
    try:
        texts = _texts_beside(offered, lists)
    except IndexUnusableError:
        return None
    rows, fields = _rows(texts), parse.fields
    if fields.number >= 0:
        of_number = [row for row in rows if _shares_number(row, fields)]
        if not of_number or (fields.suffix and not fields.unit and not _has_letter(of_number, fields.suffix)):
            return _number_not_held(parse, rows, texts)
    else:
        buildings = {row.building for row in _rows(offered)}
        of_number = [row for row in rows if row.building in buildings]
    is_held = any(fields.unit == row.unit for row in of_number) if fields.unit else False
    if answer.relation not in _OF_BUILDING or is_held:
        return None
    return _echoed(parse, Field.FLAT, _component(parse, _says_unit))


def _texts_beside(offered: pa.Table, lists: PremisesLists) -> pa.Table:
    """Return the texts of the street of a premises, or of its postcode where its texts name no street."""
    outcode, _, incode = next((premises.postcode for premises in listed(offered)), "").partition(" ")
    for row in _rows(offered):
        if row.street:
            return lists.on_street(row.street, row.town or outcode)
    return lists.in_postcode(outcode + incode)


def _rows(texts: pa.Table) -> list[_Row]:
    columns = values_of(texts, *_Row._fields)
    return list(map(_Row._make, zip(*columns, strict=True)))


def _shares_number(row: _Row, asked: ParsedFields) -> bool:
    low, high = _ends(row.number, row.number_end)
    first, last = _ends(asked.number, asked.number_end)
    return low >= 0 and low <= last and first <= high


def _ends(number: int, number_end: int) -> tuple[int, int]:
    return number, max(number, number_end)


def _has_letter(rows: Sequence[_Row], letter: str) -> bool:
    return any(letter in (row.suffix, row.unit) for row in rows)


def _number_not_held(parse: Parse, rows: Sequence[_Row], texts: pa.Table) -> NotHeld | None:
    number = parse.fields.number
    component = _component(parse, lambda part: part.number == number)
    return _echoed(parse, Field.NUMBER, component, _nearest(number, rows, texts))


def _nearest(number: int, rows: Sequence[_Row], texts: pa.Table) -> tuple[HeldNumber, ...]:
    """Return the nearest numbers of the texts of a street, whose rows are given as well, each once."""

    def distance(row: _Row) -> tuple[bool, int, int, str, bool]:
        low, high = _ends(row.number, row.number_end)
        away = min(abs(low - number), abs(high - number))
        return (low - number) % 2 != 0, away, low, row.suffix, bool(row.unit)

    found: dict[str, str] = {}
    for row in sorted((row for row in rows if row.number >= 0), key=distance):
        found.setdefault(_written(row), row.uprn)
        if len(found) == NEAREST:
            break
    shown = set(found.values())
    texts_of_shown = rows_of(texts, [place for place, row in enumerate(rows) if row.uprn in shown])
    addresses = {premises.uprn: premises.address for premises in listed(texts_of_shown)}
    return tuple(HeldNumber(written, uprn, addresses[uprn]) for written, uprn in found.items())


def _written(row: _Row) -> str:
    low, high = _ends(row.number, row.number_end)
    return f"{low}{row.suffix}" if low == high else f"{low}-{high}{row.suffix}"


def _component(parse: Parse, says: Callable[[PremisesPart], bool]) -> Component | None:
    return next((c for c in parse.components if c.part is not None and says(c.part)), None)


def _says_unit(part: PremisesPart) -> bool:
    return bool(part.unit or part.floor or part.side or part.unit_kind)


def _echoed(
    parse: Parse, element: Field, component: Component | None, nearest: tuple[HeldNumber, ...] = ()
) -> NotHeld | None:
    if component is None:
        return None
    start, end = component.start, component.end
    return NotHeld(element, parse.text[start:end], start, end, nearest)
