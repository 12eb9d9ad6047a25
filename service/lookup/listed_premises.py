"""Premises as lists show them: each once, by the text that stands for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
_AS_HELD = tuple(name for name in FIELDS if name not in _MADE)
_READ = (*_AS_HELD, "postcode", "reading_postcode", "text_kind")


def listed(texts: pa.Table) -> list[ListedPremises]:
    """Return the premises of texts, columns of `address_match.indexer.record.LISTED_SCHEMA`, in the order of their first texts."""
    read = {name: texts.column(name).to_pylist() for name in _READ}
    best: dict[str, tuple[tuple[int, bool], int]] = {}
    for row, (uprn, kind, end) in enumerate(
        zip(read["uprn"], read["text_kind"], read["valid_to"], strict=True)
    ):
        rank = (_KINDS.index(kind) if kind in _KINDS else 0, bool(end))
        held = best.get(uprn)
        if held is None or rank < held[0]:
            best[uprn] = (rank, row)
    return [_premises(read, row) for _, row in best.values()]


def _premises(read: Mapping[str, Sequence[Any]], row: int) -> ListedPremises:
    """Return the premises of a row of columns."""
    return ListedPremises(
        **{name: read[name][row] for name in _AS_HELD},
        postcode=spaced(read["postcode"][row] or read["reading_postcode"][row]),
        classification_words=classification_words(read["classification"][row]),
    )
