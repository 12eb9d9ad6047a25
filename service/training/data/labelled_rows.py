"""Rows of a user's reference that have component columns, as premises from which the parser learns."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from address_match.indexer.sources.columns.address_columns import component_columns, postcode_column
from address_match.indexer.sources.table import open_table
from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.models.synthesis.texts.field_pieces import (
    building_pieces,
    county_piece,
    locality_piece,
    number_piece,
    organisation_pieces,
    postcode_piece,
    street_pieces,
    town_piece,
)
from address_match.parser.labelled_text import Piece
from address_match.parser.tokens import fold

MOST_ROWS = 100_000
"""Rows that are learned from; of a larger reference, every so many are drawn."""
BATCH_ROWS = 10_000
_NEEDED = frozenset({"street_name", "town_name"})
"""Columns without which the others do not tell the parts of an address apart."""
_NUMBER = re.compile(r"([0-9]{1,4})(?: ?([A-Z]))?(?: ?[-/] ?([0-9]{1,4}))?")
_SUB_BUILDING = re.compile(r"([A-Z][A-Z ]*?)?(?:(?:^| )([0-9]{1,4}[A-Z]?|[A-Z]|[A-Z][0-9]{1,3}))?")


def component_premises(path: Path, rng: Random, *, at_most: int = MOST_ROWS) -> tuple[Premises, ...]:
    """Return rows of a reference as premises whose words are labelled by its columns; none where it lacks such columns.

    `at_most` rows are drawn evenly. Raises SourceError for a file that cannot be read.
    """
    kept: list[Premises] = []
    for number, row in enumerate(_rows(path)):
        place = number if number < at_most else rng.randrange(number + 1)
        if place >= at_most:
            continue
        premises = premises_of_components(row, uprn=str(number))
        if number < at_most:
            kept.append(premises)
        else:
            kept[place] = premises
    return tuple(premises for premises in kept if premises.texts)


def premises_of_components(row: Mapping[str, str], *, uprn: str) -> Premises:
    """State the premises of a row, by component column; one that says nothing of itself has no text.

    >>> [(p.text, p.label.value) for p in premises_of_components(
    ...     {"building_number": "12A", "street_name": "Elm Road", "town_name": "Leeds"}, uprn="1").texts[0].pieces]
    [('12A', 'BuildingName'), ('ELM ROAD', 'StreetName'), ('LEEDS', 'TownName')]
    """
    said = {name: fold(value).strip() for name, value in row.items()}
    number, suffix, number_end = _number(said.get("building_number", ""))
    building = said.get("building_name", "")
    if number < 0 and not said.get("building_number") and _NUMBER.fullmatch(building):
        number, suffix, number_end = _number(building)
        building = ""
    flat_word, flat = _flat(said.get("sub_building_name", ""))
    premises = Premises(
        uprn=uprn,
        kind="flat" if flat or flat_word else "business" if said.get("organisation_name") else "house",
        country="E",
        organisation=said.get("organisation_name", ""),
        department=said.get("department_name", ""),
        flat_word=flat_word,
        flat=flat,
        building=building,
        number=number,
        number_end=number_end,
        suffix=suffix,
        street=said.get("street_name", ""),
        locality=said.get("locality", ""),
        town=said.get("town_name", ""),
        county=said.get("county", ""),
        postcode=said.get("postcode", ""),
    )
    pieces = tuple(_pieces(premises)) if _says_itself(premises) else ()
    texts = (PremisesText("postal", "en", "", "", pieces),) if pieces else ()
    return replace(premises, texts=texts)


def _says_itself(premises: Premises) -> bool:
    return bool(
        premises.number >= 0
        or premises.building
        or premises.organisation
        or premises.flat
        or premises.flat_word
    )


def _pieces(premises: Premises) -> Iterator[Piece]:
    yield from organisation_pieces(premises)
    yield from building_pieces(premises)
    places = (
        number_piece(premises),
        *street_pieces(premises),
        locality_piece(premises),
        town_piece(premises) if premises.town else None,
        county_piece(premises.county),
        postcode_piece(premises) if premises.postcode else None,
    )
    yield from (piece for piece in places if piece is not None)


def _number(text: str) -> tuple[int, str, int]:
    """Read a number, its suffix and the upper end of its range; -1 and an empty suffix where it says none."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return -1, "", -1
    return int(match[1]), match[2] or "", int(match[3]) if match[3] and not match[2] else -1


def _flat(text: str) -> tuple[str, str]:
    """Take the word and the designator of a sub-building apart; words that are none stay together."""
    match = _SUB_BUILDING.fullmatch(text)
    return (match[1] or "", match[2] or "") if match else (text, "")


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with open_table(path) as table:
        columns = component_columns(table.columns)
        if not columns.keys() >= _NEEDED:
            return
        postcode = postcode_column(table.columns)
        if postcode is not None:
            columns["postcode"] = postcode
        for batch in table.rows(BATCH_ROWS):
            values = [batch.strings(place).to_pylist() for place in columns.values()]
            for row in zip(*values, strict=True):
                yield dict(zip(columns, row, strict=True))
