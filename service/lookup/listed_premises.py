"""Premises as lists show them: each once, by the text that stands for it."""

from typing import NamedTuple

import pyarrow as pa

from address_match.indexer.coded_columns import values_of
from address_match.service.lookup.classification_words import classification_words
from address_match.service.lookup.postcode_start import spaced

_KINDS = ("postal", "gazetteer", "alternative", "provisional", "historical")
"""Kinds of texts; the first that a premises has stands for it."""


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
_MADE = ("postcode", "classification_words")
"""Fields that are not shown as they are held."""
_AS_HELD = tuple(name for name in FIELDS if name not in _MADE)
_READ = (*_AS_HELD, "postcode", "reading_postcode", "text_kind")


def listed(texts: pa.Table) -> list[ListedPremises]:
    """Return the premises of texts, columns of `address_match.indexer.record.LISTED_SCHEMA`, in the order of their
    first texts.
    """
    if not texts.num_rows:
        return []
    read = {name: values_of(texts, name) for name in _READ}
    best: dict[str, tuple[tuple[int, bool], int]] = {}
    for row, (uprn, kind, end) in enumerate(
        zip(read["uprn"], read["text_kind"], read["valid_to"], strict=True)
    ):
        rank = (_KINDS.index(kind) if kind in _KINDS else 0, bool(end))
        held = best.get(uprn)
        if held is None or rank < held[0]:
            best[uprn] = (rank, row)
    rows = [row for _, row in best.values()]
    shown = {name: [read[name][row] for row in rows] for name in _AS_HELD}
    shown["postcode"] = [spaced(read["postcode"][row] or read["reading_postcode"][row]) for row in rows]
    shown["classification_words"] = list(map(classification_words, shown["classification"]))
    return list(map(ListedPremises._make, zip(*(shown[name] for name in FIELDS), strict=True)))
