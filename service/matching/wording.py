"""What the fields of a query and of a candidate have to do with each other, put in words."""

from collections.abc import Mapping

from service.matching.comparison.places import PlaceName, PostcodeRelation
from service.matching.comparison.premises_part import NumberRelation, UnitRelation
from service.matching.comparison.standing import PositionRelation, TextStanding
from service.matching.explanation import Field

_NUMBERS = {
    NumberRelation.NEITHER: "neither has a number",
    NumberRelation.EQUAL: "number {q} agrees",
    NumberRelation.END_OF_RANGE: "number {q} is an end of {c}",
    NumberRelation.INSIDE_RANGE: "number {q} lies inside {c}",
    NumberRelation.QUERY_RANGE_HOLDS: "number {q} holds {c}",
    NumberRelation.NEARLY: "number {q} is not {c}, one digit off",
    NumberRelation.DIFFERENT: "number {q} is not {c}",
    NumberRelation.QUERY_ONLY: "number {q} is not said by the candidate",
    NumberRelation.CANDIDATE_ONLY: "the candidate's number {c} is not asked for",
    NumberRelation.CROSSED: "number and flat are written the other way round",
    NumberRelation.RANGES_OVERLAP: "number {q} overlaps {c}",
    NumberRelation.TRANSPOSED: "number {q} is not {c}, two digits swapped",
}
_FLATS = {
    UnitRelation.NEITHER: "neither is a flat",
    UnitRelation.EQUAL: "flat {q} agrees",
    UnitRelation.QUERY_ONLY: "flat {q} is asked for, the candidate is the whole",
    UnitRelation.CANDIDATE_ONLY: "the candidate is flat {c}, the whole is asked for",
    UnitRelation.DIFFERENT: "flat {q} is not {c}",
    UnitRelation.OVERLAPPING: "flat {q} is part of the name of {c}, or the reverse",
    UnitRelation.FLOOR_EQUAL: "floor {q} agrees",
    UnitRelation.FLOOR_DIFFERENT: "floor {q} is not {c}",
    UnitRelation.FLOOR_AND_DESIGNATOR: "floor or flat {q} may be {c}",
    UnitRelation.CROSSED: "number and flat are written the other way round",
    UnitRelation.NEARLY: "flat {q} is not {c}, one character off",
}
_POSTCODES = {
    PostcodeRelation.QUERY_LACKS: "no postcode is given",
    PostcodeRelation.UNIT: "postcode {q} agrees",
    PostcodeRelation.ONE_EDIT: "postcode {q} is {c} but for one slip",
    PostcodeRelation.SECTOR: "postcode {q} is not {c}, of one sector",
    PostcodeRelation.DISTRICT: "postcode {q} is not {c}, of one district",
    PostcodeRelation.AREA: "postcode {q} is not {c}, of one area",
    PostcodeRelation.DIFFERENT: "postcode {q} is not {c}",
    PostcodeRelation.CANDIDATE_LACKS: "postcode {q} is not said by the candidate",
    PostcodeRelation.OUTCODE_ONLY: "postcode district {q} agrees",
}
_POSITIONS = {
    PositionRelation.NEITHER: "both name the premises itself",
    PositionRelation.ALIKE: "both point at a place beside a number",
    PositionRelation.QUERY_POINTS_ELSEWHERE: "the query names a place beside that number ({q})",
    PositionRelation.CANDIDATE_POINTS_ELSEWHERE: "the candidate is a place beside that number ({c})",
}
_STANDINGS = {
    TextStanding.CURRENT: "a current text",
    TextStanding.OTHER_CURRENT: "an alternative or provisional text",
    TextStanding.HISTORICAL: "a former text",
    TextStanding.NOT_ADDRESSABLE: "no address by itself",
}
_UNSAID = {
    Field.NUMBER: ("number", NumberRelation.NEITHER),
    Field.FLAT: ("unit", UnitRelation.NEITHER),
    Field.POSITION: ("position", PositionRelation.NEITHER),
    Field.STANDING: ("standing", TextStanding.CURRENT),
}
"""The feature of a field, and its value where neither side says anything of it."""
_NAMES = frozenset(
    {Field.BUILDING, Field.ORGANISATION, Field.STREET, Field.LOCALITY, Field.TOWN, Field.COUNTY}
)
ALIKE_FROM = 0.8
"""Likeness from which two names are said to be alike."""
Said = Mapping[str, str | int]
"""The fields of a reading, by their names in `parser.reading.Reading`."""


def worded(field: Field, values: Mapping[str, float], asked: Said, held: Said) -> str:
    """Say what a field of the query is to that of a candidate; `values` are the features of the pair by name."""
    q, c = _said(field, asked), _said(field, held)
    if field is Field.NUMBER:
        return _NUMBERS[NumberRelation(int(values["number"]))].format(q=q, c=c)
    if field is Field.FLAT:
        return _FLATS[UnitRelation(int(values["unit"]))].format(q=q, c=c)
    if field is Field.POSTCODE:
        return _POSTCODES[PostcodeRelation(int(values["postcode"]))].format(q=q, c=c)
    if field is Field.POSITION:
        return _POSITIONS[PositionRelation(int(values["position"]))].format(q=q, c=c)
    if field is Field.STANDING:
        return _STANDINGS[TextStanding(int(values["standing"]))]
    if field is Field.WORDS:
        return f"{values['query_share']:.0%} of what is asked stands in the candidate, {values['candidate_share']:.0%} the reverse"
    if field is Field.START:
        return "where every candidate starts from"
    return _named(field, values, q, c)


def is_silent(field: Field, values: Mapping[str, float], asked: Said, held: Said) -> bool:
    """Say whether neither side says anything of a field, so that its worth explains nothing to a reader."""
    if field in _UNSAID:
        feature, unsaid = _UNSAID[field]
        return values[feature] == unsaid
    return field in _NAMES and not _said(field, asked) and not _said(field, held)


def _named(field: Field, values: Mapping[str, float], q: str, c: str) -> str:
    if not q and not c:
        return f"neither names {'an' if field is Field.ORGANISATION else 'a'} {field}"
    if not q:
        return f"the candidate's {field} {c} is not asked for"
    if q == c:
        return f"{field} {q} agrees"
    place = values.get(f"{field}_name")
    if place == PlaceName.ALSO_CALLED:
        return f"{field} {q} is another name of the candidate's place"
    if place == PlaceName.SAID:
        return f"{field} {q} stands in the candidate"
    if not c:
        return f"{field} {q} is not said by the candidate"
    return f"{field} {q} is {'like' if values.get(field, 0.0) >= ALIKE_FROM else 'not'} {c}"


def _said(field: Field, reading: Said) -> str:
    if field is Field.NUMBER:
        number, end = int(reading["number"]), int(reading["number_end"])
        return f"{number}{f'-{end}' if end >= 0 else ''}{reading['suffix']}" if number >= 0 else ""
    if field is Field.FLAT:
        parts = (reading["floor"], reading["side"], reading["unit"] or reading["suffix"])
        return " ".join(str(part) for part in parts if part) or str(reading["unit_kind"])
    return str(reading.get(field.value, ""))
