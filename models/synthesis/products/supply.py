"""What a product holds of the synthetic country at each epoch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.products.epochs import Epochs, PremisesAtEpoch
from address_match.models.synthesis.products.streets import Street, StreetNumbers, street_of

_FIRST_UDPRN = 20_000_001


@dataclass(frozen=True, slots=True)
class SuppliedPremises:
    """A premises with what of its neighbours its records name."""

    place: PremisesAtEpoch
    usrn: int
    udprn: int
    """Of its delivery point, where it has one."""
    parent: str
    """Empty where its parent is not part of the epoch."""
    successor: str
    """UPRN of a neighbour that took its place; empty while it stands."""


@dataclass(frozen=True, slots=True)
class SuppliedStreet:
    """A street and where it begins."""

    street: Street
    easting: float
    northing: float


Supplied = SuppliedStreet | SuppliedPremises


@dataclass(frozen=True, slots=True)
class Supply:
    """The streets and premises of a country by epoch; what is left out is part of none."""

    country: SyntheticCountry
    epochs: Epochs
    left_out: Callable[[str], bool]

    def walk(self, *epochs: int) -> Iterator[tuple[Supplied | None, ...]]:
        """Yield each street before its premises, and each premises, as some epochs hold it, None in one that does not."""
        numbers, described = StreetNumbers(), 0
        before = ""
        for udprn, premises in enumerate(self.country, _FIRST_UDPRN):
            usrn = numbers.usrn(premises)
            if usrn > described:
                described = usrn
                yield tuple(
                    SuppliedStreet(
                        street_of(self.epochs.on_its_street(premises, epoch), usrn),
                        premises.easting,
                        premises.northing,
                    )
                    for epoch in epochs
                )
            if self.left_out(premises.uprn):
                continue
            places = [(epoch, self.epochs.at(premises, epoch)) for epoch in epochs]
            yield tuple(
                None
                if place is None
                else SuppliedPremises(
                    place,
                    usrn,
                    udprn,
                    parent=self._held(premises.parent_uprn, epoch),
                    successor=self._held(before, epoch) if place.ended else "",
                )
                for epoch, place in places
            )
            before = premises.uprn

    def is_absent(self, uprn: str) -> bool:
        """Return whether the first epoch lacks a premises."""
        return self.left_out(uprn) or not self.epochs.holds(uprn, 1)

    def _held(self, uprn: str, epoch: int) -> str:
        return uprn if uprn and not self.left_out(uprn) and self.epochs.holds(uprn, epoch) else ""
