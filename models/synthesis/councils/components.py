from collections.abc import Iterable
from dataclasses import dataclass

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import flat_text, number_text

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
    """Whether a council taxes it by itself; blocks, land and street records are there to be taken for it."""


def components_of(premises: Iterable[Premises]) -> list[Components]:
    """Take the components of what stands on one street of the synthetic country, none of its dependent streets."""
    return [_components(each) for each in premises if each.street and not each.dependent_street]


def _components(premises: Premises) -> Components:
    return Components(
        uprn=premises.uprn,
        parent_uprn=premises.parent_uprn,
        organisation=premises.organisation,
        part=flat_text(premises),
        building=premises.building,
        number=number_text(premises),
        street=premises.street,
        locality=premises.locality,
        town=premises.town,
        postcode=premises.postcode,
        is_home_or_shop=premises.kind in _HOMES_AND_SHOPS,
    )
