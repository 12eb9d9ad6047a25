"""States what is known of a premises of a user's reference, parsed from its own texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.parser.labelled_text import Piece
from address_match.parser.parse import Parse
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.record_status import addressable

_FLOORS = {
    "B": "BASEMENT",
    "G": "GROUND FLOOR",
    "1": "FIRST FLOOR",
    "2": "SECOND FLOOR",
    "3": "THIRD FLOOR",
    "4": "FOURTH FLOOR",
    "T": "TOP FLOOR",
}
_SIDES = {"L": "LEFT", "R": "RIGHT", "F": "FRONT", "B": "REAR", "M": "MIDDLE"}
_WELSH = "cy"
_HISTORICAL = "historical"
_LAND, _STREETS = "L", "P"
"""First letters of the AddressBase classes of land and of street records."""


@dataclass(frozen=True, slots=True)
class HeldText:
    """A row of a reference: columns of `address_match.indexer.texts.schemas.REFERENCE_SCHEMA` under their names, empty where
    it has nothing.
    """

    uprn: str
    address: str
    postcode: str
    text_kind: str
    language: str
    valid_from: str
    valid_to: str
    parent_uprn: str
    classification: str
    country: str
    status: str


def pieces_of(parse: Parse) -> tuple[Piece, ...]:
    """State a parsed text as noise wants it: upper case, a comma where the text had a break."""
    breaks = {token.token.start for token in parse.tokens if token.token.after_break}
    return tuple(
        Piece(
            parse.text[component.start : component.end].upper(),
            component.label,
            ", " if component.start in breaks else " ",
        )
        for component in parse.components
    )


def premises_of(rows: Sequence[HeldText], parses: Sequence[Parse]) -> Premises:
    """State the premises of rows that share one UPRN, at least one; each parse is of the row's address.

    Its facts are those of the first current text in English, or of the first text where there is none.
    """
    first = min(
        range(len(rows)), key=lambda i: (rows[i].text_kind == _HISTORICAL, rows[i].language == _WELSH)
    )
    fields, row = parses[first].fields, rows[first]
    welsh = next(
        (p.fields for r, p in zip(rows, parses, strict=True) if r.language == _WELSH), ParsedFields()
    )
    return Premises(
        uprn=row.uprn,
        parent_uprn=row.parent_uprn,
        kind=_kind(fields, row.classification),
        country=row.country,
        classification=row.classification,
        status=row.status or "approved",
        organisation=fields.organisation,
        department=fields.department,
        flat_word=fields.unit_kind,
        flat=fields.unit,
        floor=" ".join(word for word in (_floor(fields.floor), _SIDES.get(fields.side, "")) if word),
        building=fields.building,
        number=fields.number,
        number_end=fields.number_end,
        suffix=fields.suffix,
        street=fields.street,
        street_welsh=welsh.street if welsh.street != fields.street else "",
        locality=fields.locality,
        town=fields.town,
        town_welsh=welsh.town if welsh.town != fields.town else "",
        county=fields.county,
        postcode=row.postcode or _spaced(fields.postcode),
        texts=tuple(_text(r, p) for r, p in zip(rows, parses, strict=True)),
    )


def _text(row: HeldText, parse: Parse) -> PremisesText:
    return PremisesText(row.text_kind, row.language, row.valid_from, row.valid_to, pieces_of(parse))


def _kind(fields: ParsedFields, classification: str) -> str:
    named = bool(fields.building or fields.organisation or fields.unit or fields.floor)
    if classification.startswith(_STREETS) or (fields.number < 0 and not named):
        return "street_record"
    if fields.position or classification.startswith(_LAND) or not addressable(classification):
        return "land"
    if fields.organisation:
        return "business"
    return "flat" if fields.unit or fields.floor else "house"


def _floor(code: str) -> str:
    return _FLOORS.get(code, f"FLOOR {code}" if code else "")


def _spaced(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}" if len(postcode) > 4 else ""
