"""Which premises a request asks about."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.texts.validity import valid_at
from address_match.service.lookup.area import Box, Circle
from address_match.service.lookup.classification_filter import OPEN, ClassificationFilter
from address_match.service.lookup.premises_texts import PremisesTexts, premises_of

COUNTRIES = ("E", "N", "S", "W", "L", "M", "J")
"""Codes of England, Northern Ireland, Scotland, Wales, the Channel Islands, the Isle of Man, and of what is assigned to
none.
"""
STATUSES = ("approved", "provisional", "historical")


@dataclass(frozen=True, slots=True)
class PremisesFilter:
    """Lets premises pass by classification, country, status, age, place and custodian; what is not named lets all pass.

    A premises of which the reference holds nothing where something is named does not pass.
    """

    classification: ClassificationFilter = OPEN
    countries: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    takes_historical: bool = True
    """Whether premises pass all of whose texts are historical."""
    areas: tuple[Circle | Box, ...] = ()
    """In all of which a premises has to lie."""
    custodians: frozenset[str] = frozenset()
    """Codes of authorities, one of which has to keep a premises."""
    as_at: date | None = None
    """Day on which texts have to be valid; it is asked of texts alone, in `narrowed`."""

    @property
    def is_open(self) -> bool:
        """Return whether it lets all pass."""
        return self == EVERYTHING

    def lets_pass(self, premises: PremisesTexts) -> bool:
        """Return whether a premises passes."""
        return (
            self.classification.holds(premises.classification)
            and (not self.countries or premises.country in self.countries)
            and (not self.statuses or premises.status in self.statuses)
            and (self.takes_historical or not premises.is_historical)
            and (not self.custodians or premises.custodian in self.custodians)
            and all(_lies_in(area, premises) for area in self.areas)
        )

    def narrowed(self, texts: pa.Table) -> pa.Table:
        """Return the texts, valid on the day, of premises that pass, of texts with the columns of
        `address_match.indexer.texts.schemas.LISTED_SCHEMA`.
        """
        if self.is_open:
            return texts
        if self.as_at is not None:
            texts = texts.filter(pa.array(valid_at(texts, self.as_at)))
        passing = [premises.uprn for premises in premises_of(texts) if self.lets_pass(premises)]
        return texts.filter(pc.is_in(texts.column("uprn"), pa.array(passing, pa.string())))


EVERYTHING = PremisesFilter()


def _lies_in(area: Circle | Box, premises: PremisesTexts) -> bool:
    if premises.latitude is None or premises.longitude is None:
        return False
    return area.holds(premises.latitude, premises.longitude)
