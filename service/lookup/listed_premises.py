"""Premises as lists show them: each once, by the text that stands for it."""

from dataclasses import dataclass

import pyarrow as pa

from address_match.service.lookup.classification_words import classification_words
from address_match.service.lookup.postcode_start import spaced

_KINDS = ("postal", "gazetteer", "alternative", "provisional", "historical")
"""Kinds of texts; the first that a premises has stands for it."""


@dataclass(frozen=True, slots=True)
class ListedPremises:
    """What the reference holds of a premises; a text is empty and a number None where it holds nothing."""

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


FIELDS = tuple(ListedPremises.__dataclass_fields__)
_MADE = ("postcode", "classification_words")
"""Fields that are not shown as they are held."""
_READ = (*(name for name in FIELDS if name not in _MADE), "postcode", "reading_postcode", "text_kind")


def listed(texts: pa.Table) -> list[ListedPremises]:
    """Return the premises of texts, columns of `address_match.indexer.record.LISTED_SCHEMA`, in the order of their first texts."""
    best: dict[str, tuple[tuple[int, bool], dict[str, object]]] = {}
    for row in texts.select(_READ).to_pylist():
        kind = row["text_kind"]
        rank = (_KINDS.index(kind) if kind in _KINDS else 0, bool(row["valid_to"]))
        held = best.get(row["uprn"])
        if held is None or rank < held[0]:
            best[row["uprn"]] = (rank, row)
    return [_premises(row) for _, row in best.values()]


def _premises(row: dict[str, object]) -> ListedPremises:
    held = {name: row[name] for name in FIELDS if name not in _MADE}
    postcode = spaced(str(row["postcode"]) or str(row["reading_postcode"]))
    words = classification_words(str(row["classification"]))
    return ListedPremises(**held, postcode=postcode, classification_words=words)  # type: ignore[arg-type]  # the columns of the schema have these types
