from collections.abc import Iterable
from dataclasses import dataclass

from address_match.models.synthesis.premises import Premises

_HOMES_AND_SHOPS = frozenset({"house", "flat", "business", "unit", "farm", "room"})


@dataclass(frozen=True, slots=True)
class Components:
    """What a premises is written of, in capitals; an empty text where it has none."""

    uprn: str
    parent_uprn: str
    organisation: str
    part: str
    """Flat, unit or floor, with its word."""
    building: str
    number: str
    """With its suffix, or a range."""
    street: str
    locality: str
    town: str
    postcode: str
    is_home_or_shop: bool = True
    """Return whether a council taxes it by itself; blocks, land and street records are there to be taken for it."""


def components_of(premises: Iterable[Premises]) -> list[Components]:
    """Take the components of what stands on one street of a made-up country."""
    return [_components(each) for each in premises if each.street and not each.dependent_street]


def _components(premises: Premises) -> Components:
    number = f"{premises.number}{premises.suffix}" if premises.number >= 0 else ""
    if premises.number_end >= 0:
        number += f"-{premises.number_end}"
    return Components(
        uprn=premises.uprn,
        parent_uprn=premises.parent_uprn,
        organisation=premises.organisation,
        part=" ".join(word for word in (premises.floor, premises.flat_word, premises.flat) if word),
        building=premises.building,
        number=number,
        street=premises.street,
        locality=premises.locality,
        town=premises.town,
        postcode=premises.postcode,
        is_home_or_shop=premises.kind in _HOMES_AND_SHOPS,
    )
