"""What the fields of a query and of a candidate have to do with each other, put in words."""

from collections.abc import Mapping

from address_match.service.matching.explanation.explanation import Field
from address_match.service.matching.features.place import PlaceNameLevel, PostcodeLevel
from address_match.service.matching.features.premises_part import NumberLevel, UnitLevel
from address_match.service.matching.features.record_status import PositionLevel, RecordStatus

_NUMBERS = {
    NumberLevel.NEITHER: "neither has a number",
    NumberLevel.EQUAL: "number {q} agrees",
    NumberLevel.END_OF_RANGE: "number {q} is an end of {c}",
    NumberLevel.INSIDE_RANGE: "number {q} lies inside {c}",
    NumberLevel.QUERY_RANGE_HOLDS: "number {q} holds {c}",
    NumberLevel.NEARLY: "number {q} is not {c}, one digit off",
    NumberLevel.DIFFERENT: "number {q} is not {c}",
    NumberLevel.QUERY_ONLY: "number {q} is not said by the candidate",
    NumberLevel.CANDIDATE_ONLY: "the candidate's number {c} is not asked for",
    NumberLevel.CROSSED: "number and flat are written the other way round",
    NumberLevel.RANGES_OVERLAP: "number {q} overlaps {c}",
    NumberLevel.TRANSPOSED: "number {q} is not {c}, two digits swapped",
}
_FLATS = {
    UnitLevel.NEITHER: "neither is a flat",
    UnitLevel.EQUAL: "flat {q} agrees",
    UnitLevel.QUERY_ONLY: "flat {q} is asked for, the candidate is the whole",
    UnitLevel.CANDIDATE_ONLY: "the candidate is flat {c}, the whole is asked for",
    UnitLevel.DIFFERENT: "flat {q} is not {c}",
    UnitLevel.OVERLAPPING: "flat {q} is part of the name of {c}, or the reverse",
    UnitLevel.FLOOR_EQUAL: "floor {q} agrees",
    UnitLevel.FLOOR_DIFFERENT: "floor {q} is not {c}",
    UnitLevel.FLOOR_AND_DESIGNATOR: "floor or flat {q} may be {c}",
    UnitLevel.CROSSED: "number and flat are written the other way round",
    UnitLevel.NEARLY: "flat {q} is not {c}, one character off",
}
_POSTCODES = {
    PostcodeLevel.QUERY_LACKS: "no postcode is given",
    PostcodeLevel.UNIT: "postcode {q} agrees",
    PostcodeLevel.ONE_EDIT: "postcode {q} is {c} but for one slip",
    PostcodeLevel.SECTOR: "postcode {q} is not {c}, of one sector",
    PostcodeLevel.DISTRICT: "postcode {q} is not {c}, of one district",
    PostcodeLevel.AREA: "postcode {q} is not {c}, of one area",
    PostcodeLevel.DIFFERENT: "postcode {q} is not {c}",
    PostcodeLevel.CANDIDATE_LACKS: "postcode {q} is not said by the candidate",
    PostcodeLevel.OUTCODE_ONLY: "postcode district {q} agrees",
}
_POSITIONS = {
    PositionLevel.NEITHER: "both name the premises itself",
    PositionLevel.ALIKE: "both point at a place beside a number",
    PositionLevel.QUERY_POINTS_ELSEWHERE: "the query names a place beside that number ({q})",
    PositionLevel.CANDIDATE_POINTS_ELSEWHERE: "the candidate is a place beside that number ({c})",
}
_RECORD_STATUS = {
    RecordStatus.CURRENT: "a current text",
    RecordStatus.OTHER_CURRENT: "an alternative or provisional text",
    RecordStatus.HISTORICAL: "a former text",
    RecordStatus.NOT_ADDRESSABLE: "no address by itself",
}
_UNSAID = {
    Field.NUMBER: ("number", NumberLevel.NEITHER),
    Field.FLAT: ("unit", UnitLevel.NEITHER),
    Field.POSITION: ("position", PositionLevel.NEITHER),
    Field.STANDING: ("standing", RecordStatus.CURRENT),
}
"""The feature of a field, and its value where neither side says anything of it."""
_NAMES = frozenset(
    {Field.BUILDING, Field.ORGANISATION, Field.STREET, Field.LOCALITY, Field.TOWN, Field.COUNTY}
)
ALIKE_FROM = 0.8
"""Likeness from which two names are said to be alike."""
Said = Mapping[str, str | int]
"""The fields of the parsed fields, by their names in `address_match.parser.parsed_fields.ParsedFields`."""


def worded(field: Field, values: Mapping[str, float], asked: Said, held: Said) -> str:
    """Return what a field of the query is to that of a candidate; `values` are the features of the pair by name."""
    q, c = _said(field, asked), _said(field, held)
    if field is Field.NUMBER:
        return _NUMBERS[NumberLevel(int(values["number"]))].format(q=q, c=c)
    if field is Field.FLAT:
        return _FLATS[UnitLevel(int(values["unit"]))].format(q=q, c=c)
    if field is Field.POSTCODE:
        return _POSTCODES[PostcodeLevel(int(values["postcode"]))].format(q=q, c=c)
    if field is Field.POSITION:
        return _POSITIONS[PositionLevel(int(values["position"]))].format(q=q, c=c)
    if field is Field.STANDING:
        return _RECORD_STATUS[RecordStatus(int(values["standing"]))]
    if field is Field.WORDS:
        return f"{values['query_share']:.0%} of what is asked stands in the candidate, {values['candidate_share']:.0%} the reverse"
    if field is Field.START:
        return "where every candidate starts from"
    return _named(field, values, q, c)


def is_silent(field: Field, values: Mapping[str, float], asked: Said, held: Said) -> bool:
    """Return whether neither side says anything of a field, so that its worth explains nothing to a reader."""
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
    if place == PlaceNameLevel.ALSO_CALLED:
        return f"{field} {q} is another name of the candidate's place"
    if place == PlaceNameLevel.SAID:
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
