"""How the post holds a premises of the synthetic country, field by field."""

from dataclasses import dataclass

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import flat_text, number_text
from address_match.parser.labels import Label

_PO_BOX = "PO BOX "


@dataclass(frozen=True, slots=True)
class DeliveryPoint:
    """An address of the post; an empty text, and None for the number, means that it has none."""

    organisation: str
    department: str
    sub_building: str
    building: str
    """A name, or a number that is more than digits, or one after the other."""
    number: int | None
    dependent_street: str
    street: str
    locality: str
    town: str
    postcode: str
    street_welsh: str
    town_welsh: str
    po_box: str
    """Its number alone."""


def delivery_point(premises: Premises) -> DeliveryPoint | None:
    """Return the delivery point of a premises, None where the post has none."""
    posted = next((text for text in premises.texts if text.kind == "postal"), None)
    if posted is None:
        return None
    is_plain = premises.number >= 0 and premises.number_end < 0 and not premises.suffix
    is_box = premises.building.startswith(_PO_BOX)
    names = ("" if is_box else premises.building, "" if is_plain else number_text(premises))
    is_welsh = is_written_in_welsh(premises)
    return DeliveryPoint(
        organisation=premises.organisation,
        department=premises.department,
        sub_building=flat_text(premises),
        building=" ".join(name for name in names if name),
        number=premises.number if is_plain else None,
        dependent_street=premises.dependent_street,
        street=premises.street,
        locality=premises.locality if any(p.label is Label.LOCALITY for p in posted.pieces) else "",
        town=premises.town,
        postcode=premises.postcode,
        street_welsh=premises.street_welsh if is_welsh else "",
        town_welsh=premises.town_welsh if is_welsh else "",
        po_box=premises.building.removeprefix(_PO_BOX) if is_box else "",
    )


def is_written_in_welsh(premises: Premises) -> bool:
    """Return whether a register holds a premises in Welsh as well."""
    return any(text.language == "cy" for text in premises.texts)
