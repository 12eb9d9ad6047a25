"""The streets of the synthetic country, numbered as a street gazetteer numbers them."""

from dataclasses import dataclass, field

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.products.epochs import street_key

_FIRST_USRN = 4_700_001


@dataclass(frozen=True, slots=True)
class Street:
    """A street under its number; a place without a street has one as well, named by its locality or town."""

    usrn: int
    description: str
    description_welsh: str
    """Empty where the street has one name, as is `town_welsh`."""
    locality: str
    town: str
    town_welsh: str
    authority: str

    @property
    def is_bilingual(self) -> bool:
        """Return whether the street has a descriptor in each of two languages."""
        return bool(self.description_welsh or self.town_welsh)


@dataclass(slots=True)
class StreetNumbers:
    """Hands out a USRN for each street in the order in which they are asked for."""

    _numbers: dict[str, int] = field(default_factory=dict)

    def usrn(self, premises: Premises) -> int:
        """Return the USRN of the street on which a premises stands, as the first epoch names it."""
        return self._numbers.setdefault(street_key(premises), _FIRST_USRN + len(self._numbers))


def street_of(premises: Premises, usrn: int) -> Street:
    """Describe the street of a premises, as the epoch of the premises names it."""
    named = premises.dependent_street or premises.street
    return Street(
        usrn=usrn,
        description=named or premises.locality or premises.town,
        description_welsh="" if premises.dependent_street else premises.street_welsh,
        locality=premises.locality,
        town=premises.town,
        town_welsh=premises.town_welsh,
        authority=premises.authority,
    )
