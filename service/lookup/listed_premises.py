"""Premises as lists show them: each once, by the text that stands for it."""

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from address_match.indexer.texts.text_columns import TableColumns, TextColumns
from address_match.service.lookup.classification_words import classification_words
from address_match.service.lookup.postcode_start import spaced

_RANKS = {
    kind: rank
    for rank, kind in enumerate(("postal", "gazetteer", "alternative", "provisional", "historical"))
}
"""Of kinds of texts; the first that a premises has stands for it."""


class ListedPremises(NamedTuple):
    """What the reference holds of a premises; a text is empty and a number None where it holds nothing.

    A list makes dozens, and a dataclass of so many fields takes five times as long.
    """

    uprn: str
    address: str
    """Its text that is current and postal, or the next best."""
    postcode: str
    """Of that text, with a space."""
    classification: str
    classification_words: str
    """What the classification stands for."""
    country: str
    status: str
    parent_uprn: str
    latitude: float | None
    longitude: float | None
    easting: float | None
    northing: float | None
    valid_from: str
    """ISO date of that text, as `valid_to`."""
    valid_to: str
    custodian: str
    """Code of the authority that keeps the premises."""
    premises_from: str
    """ISO date of the premises, as the two that follow."""
    premises_to: str
    premises_updated: str
    source: str
    """The reference that the text is of; empty where the index is of one alone."""


FIELDS = ListedPremises._fields
STANDING = ("uprn", "text_kind", "valid_to")
"""Columns that say which text stands for a premises."""
_MADE = ("classification_words",)
"""Fields that are not held."""
_READ = (*(name for name in FIELDS if name not in _MADE), "reading_postcode", "text_kind")


def listed(texts: pa.Table) -> list[ListedPremises]:
    """Return the premises of texts, columns of `address_match.indexer.texts.schemas.LISTED_SCHEMA`, in the order of their
    first texts.
    """
    return listed_columns(TableColumns(texts))


def listed_columns(texts: TextColumns) -> list[ListedPremises]:
    """Return the premises of texts, of which few columns have to be read."""
    if not len(texts):
        return []
    read = dict(zip(_READ, texts.values(*_READ), strict=True))
    read["postcode"] = _postcodes(read["postcode"], read["reading_postcode"])
    read["classification_words"] = list(map(classification_words, read["classification"]))
    rows = list(zip(*(read[name] for name in FIELDS), strict=True))
    if len(set(read["uprn"])) < len(rows):
        rows = [rows[row] for row in standing(*(read[name] for name in STANDING))]
    return list(map(ListedPremises._make, rows))


def standing(uprns: Sequence[str], kinds: Sequence[str], ends: Sequence[str]) -> list[int]:
    """Return the row of the text that stands for each premises, in the order of their first texts."""
    best: dict[str, tuple[tuple[int, bool], int]] = {}
    for row, (uprn, kind, end) in enumerate(zip(uprns, kinds, ends, strict=True)):
        rank = _RANKS.get(kind, 0), end != ""
        held = best.get(uprn)
        if held is None or rank < held[0]:
            best[uprn] = (rank, row)
    return [row for _, row in best.values()]


def _postcodes(own: Sequence[str], named: Sequence[str]) -> list[str]:
    """Return the postcode of each text as it is shown; most lists have few."""
    shown = {postcode: spaced(postcode) for postcode in {*own, *named}}
    return [shown[each or other] for each, other in zip(own, named, strict=True)]
