"""What is known of a premises of a user's reference, read from its own texts by the parser."""

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
    """A row of a reference; columns of `address_match.indexer.record.REFERENCE_SCHEMA` under their names, empty where it says nothing."""

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
    reading, row = parses[first].fields, rows[first]
    welsh = next(
        (p.fields for r, p in zip(rows, parses, strict=True) if r.language == _WELSH), ParsedFields()
    )
    return Premises(
        uprn=row.uprn,
        parent_uprn=row.parent_uprn,
        kind=_kind(reading, row.classification),
        country=row.country,
        classification=row.classification,
        status=row.status or "approved",
        organisation=reading.organisation,
        department=reading.department,
        flat_word=reading.unit_kind,
        flat=reading.unit,
        floor=" ".join(word for word in (_floor(reading.floor), _SIDES.get(reading.side, "")) if word),
        building=reading.building,
        number=reading.number,
        number_end=reading.number_end,
        suffix=reading.suffix,
        dependent_street="",
        street=reading.street,
        street_welsh=welsh.street if welsh.street != reading.street else "",
        locality=reading.locality,
        town=reading.town,
        town_welsh=welsh.town if welsh.town != reading.town else "",
        county=reading.county,
        authority="",
        postcode=row.postcode or _spaced(reading.postcode),
        latitude=0.0,
        longitude=0.0,
        easting=0.0,
        northing=0.0,
        texts=tuple(_text(r, p) for r, p in zip(rows, parses, strict=True)),
    )


def _text(row: HeldText, parse: Parse) -> PremisesText:
    return PremisesText(row.text_kind, row.language, row.valid_from, row.valid_to, pieces_of(parse))


def _kind(reading: ParsedFields, classification: str) -> str:
    named = bool(reading.building or reading.organisation or reading.unit or reading.floor)
    if classification.startswith(_STREETS) or (reading.number < 0 and not named):
        return "street_record"
    if reading.position or classification.startswith(_LAND) or not addressable(classification):
        return "land"
    if reading.organisation:
        return "business"
    return "flat" if reading.unit or reading.floor else "house"


def _floor(code: str) -> str:
    return _FLOORS.get(code, f"FLOOR {code}" if code else "")


def _spaced(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}" if len(postcode) > 4 else ""
