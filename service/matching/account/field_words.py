"""What the fields of a query and of a candidate have to do with each other, put in words."""

from collections.abc import Mapping

from address_match.parser.fields.second_address import LISTED, SEVERAL
from address_match.service.matching.features.feature import Feature, Field

_NAMES = frozenset(
    {Field.BUILDING, Field.ORGANISATION, Field.STREET, Field.LOCALITY, Field.TOWN, Field.COUNTY}
)
Said = Mapping[str, str | int]
"""The parsed fields of an address, by their names in `address_match.parser.parsed_fields.ParsedFields`."""
Values = Mapping[Feature, float]
"""The features of a pair that speak of one field."""


def field_in_words(field: Field, values: Values, query: Said, candidate: Said) -> str:
    """Return what a field of the query is to that of a candidate."""
    if field is Field.START:
        return "where every candidate starts from"
    q, c = said(field, query), said(field, candidate)
    if field in _NAMES:
        return _name_in_words(field, values, q, c)
    if field is Field.POSITION:
        q, c = _pointed_at(q), _pointed_at(c)
    return ", ".join(_phrases(values)).format(q=q, c=c)


def is_silent(field: Field, values: Values, query: Said, candidate: Said) -> bool:
    """Return whether neither side says anything of a field, so that its worth explains nothing to a reader."""
    if field in _NAMES:
        return not said(field, query) and not said(field, candidate)
    return any(value == feature.silent for feature, value in values.items())


def _name_in_words(field: Field, values: Values, q: str, c: str) -> str:
    if not q and not c:
        return f"neither names {'an' if field is Field.ORGANISATION else 'a'} {field}"
    if not q:
        return f"the candidate's {field} {c} is not asked for"
    if q == c:
        return f"{field} {q} agrees"
    levels = {feature: value for feature, value in values.items() if feature.levels}
    phrases = _phrases(levels)
    if not phrases and not c:
        return f"{field} {q} is not said by the candidate"
    phrases = phrases or _phrases(values) or ["{field} {q} is not {c}"]
    return phrases[0].format(field=field, q=q, c=c)


def _pointed_at(position: str) -> str:
    """Return what an address of such a position names instead of the premises whose number it quotes."""
    return "two addresses" if position in {SEVERAL, LISTED} else f"a place beside that number ({position})"


def _phrases(values: Values) -> list[str]:
    """Return what the features of a field say of it, those that say anything."""
    phrases = [feature.words(value) for feature, value in values.items() if feature.words]
    return [phrase for phrase in phrases if phrase]


def said(field: Field, fields: Said) -> str:
    """Return what an address says in a field; empty where that is nothing."""
    if field is Field.NUMBER:
        number, end = int(fields["number"]), int(fields["number_end"])
        return f"{number}{f'-{end}' if end >= 0 else ''}{fields['suffix']}" if number >= 0 else ""
    if field is Field.FLAT:
        parts = (fields["floor"], fields["side"], fields["unit"] or fields["suffix"])
        return " ".join(str(part) for part in parts if part) or str(fields["unit_kind"])
    return str(fields.get(field.value, ""))
