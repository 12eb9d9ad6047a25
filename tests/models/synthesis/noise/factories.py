"""Made-up addresses and premises for the tests of noise."""

from collections.abc import Mapping
from dataclasses import replace

from address_match.models.synthesis.noise.pieces import Pieces
from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.parser.labelled_text import Piece, render
from address_match.parser.labels import Label

_KEYWORDS: Mapping[str, Label] = {
    "organisation": Label.ORGANISATION,
    "department": Label.DEPARTMENT,
    "flat": Label.SUB_BUILDING,
    "building": Label.BUILDING,
    "number": Label.NUMBER,
    "street": Label.STREET,
    "locality": Label.LOCALITY,
    "town": Label.TOWN,
    "county": Label.COUNTY,
    "postcode": Label.POSTCODE,
    "other": Label.OTHER,
}


def address(separator: str = " ", **fields: str) -> Pieces:
    return tuple(Piece(words, _KEYWORDS[name], separator) for name, words in fields.items())


def text(pieces: Pieces) -> str:
    return render(pieces).text


HOUSE = Premises(
    uprn="100000000001",
    parent_uprn="",
    kind="house",
    country="E",
    classification="RD04",
    status="approved",
    organisation="",
    department="",
    flat_word="",
    flat="",
    floor="",
    building="",
    number=12,
    number_end=-1,
    suffix="",
    dependent_street="",
    street="ACLAND ROAD",
    street_welsh="",
    locality="BEESTON",
    town="LEEDS",
    town_welsh="",
    county="WEST YORKSHIRE",
    authority="LEEDS",
    postcode="LS11 4AB",
    latitude=53.8,
    longitude=-1.5,
    easting=430000.0,
    northing=433000.0,
)


def premises(**facts: str | int) -> Premises:
    """A house at 12 Acland Road, or what the facts make of it, with one postal text."""
    made = replace(HOUSE, **facts)  # type: ignore[arg-type]  # the names are checked by replace
    fields = {
        "organisation": made.organisation,
        "flat": f"{made.flat_word} {made.flat}".strip(),
        "building": made.building,
        "number": str(made.number) if made.number > 0 else "",
        "street": made.street,
        "locality": made.locality,
        "town": made.town,
        "postcode": made.postcode,
    }
    pieces = address(", ", **{name: words for name, words in fields.items() if words})
    return replace(made, texts=(PremisesText("postal", "en", "2010-01-01", "", pieces),))
