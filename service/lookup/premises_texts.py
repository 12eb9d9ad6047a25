"""Premises with all their texts, as an index holds them."""

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from address_match.indexer.retrieval import PremisesLookup
from address_match.indexer.texts.dictionary_columns import values_of
from address_match.service.lookup.postcode_start import spaced


class HeldText(NamedTuple):
    """One way in which the reference writes a premises, and what the parser reads in it; what it has not is empty.

    A tuple, since answers look dozens up.
    """

    address: str
    postcode: str
    """With a space."""
    text_kind: str
    language: str
    valid_from: str
    valid_to: str
    organisation: str
    department: str
    building: str
    unit: str
    unit_kind: str
    number: int
    """-1 where there is none; so `number_end`."""
    number_end: int
    suffix: str
    street: str
    locality: str
    town: str


class PremisesTexts(NamedTuple):
    """A premises with its texts, in the order of the index.

    An answer holds dozens, and a dataclass of so many fields takes several times as long.
    """

    uprn: str
    parent_uprn: str
    classification: str
    country: str
    status: str
    latitude: float | None
    longitude: float | None
    easting: float | None
    northing: float | None
    custodian: str
    texts: tuple[HeldText, ...]

    @property
    def is_historical(self) -> bool:
        """Return whether every text of it is historical."""
        return all(text.text_kind == "historical" for text in self.texts)

    @property
    def is_retired(self) -> bool:
        """Return whether it is itself historical, or nothing but its former texts is held."""
        return self.status == "historical" or self.is_historical


_OF_PREMISES = PremisesTexts._fields[:-1]
"""All but its texts."""
_OF_TEXT = HeldText._fields
_READ = tuple(dict.fromkeys((*_OF_PREMISES, *_OF_TEXT, "reading_postcode")))


def premises_of(texts: pa.Table) -> list[PremisesTexts]:
    """Return the premises of texts, columns of `address_match.indexer.texts.schemas.LISTED_SCHEMA`, in the order of their
    first texts.
    """
    read = dict(zip(_READ, values_of(texts, *_READ), strict=True))
    read["postcode"] = [
        spaced(own or named) for own, named in zip(read["postcode"], read["reading_postcode"], strict=True)
    ]
    rows: dict[str, list[int]] = {}
    for row, uprn in enumerate(read["uprn"]):
        rows.setdefault(uprn, []).append(row)
    written = list(map(HeldText._make, zip(*(read[name] for name in _OF_TEXT), strict=True)))
    firsts = [of[0] for of in rows.values()]
    columns = ([read[name][row] for row in firsts] for name in _OF_PREMISES)
    texts_of_each = [tuple(written[row] for row in of) for of in rows.values()]
    return list(map(PremisesTexts._make, zip(*columns, texts_of_each, strict=True)))


def held_by_uprn(lookup: PremisesLookup, uprns: Sequence[str]) -> dict[str, PremisesTexts]:
    """Return premises with all their texts by their identifiers, without those that are not held."""
    if not uprns:
        return {}
    return {premises.uprn: premises for premises in premises_of(lookup.lookup_all(uprns))}


def whole(lookup: PremisesLookup, uprns: Sequence[str]) -> tuple[PremisesTexts, ...]:
    """Return premises with all their texts, in the order in which they are named; one that is not held is left out."""
    held = held_by_uprn(lookup, uprns)
    return tuple(held[uprn] for uprn in dict.fromkeys(uprns) if uprn in held)
