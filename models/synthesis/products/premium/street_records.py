"""The records of AddressBase Premium that hold one street."""

from collections.abc import Iterator
from datetime import date

from address_match.models.synthesis.products.epochs import FIRST_EPOCH
from address_match.models.synthesis.products.premium.record import STREET, STREET_DESCRIPTOR, Field, Record
from address_match.models.synthesis.products.streets import Street

_SINCE = date(1995, 1, 1)


def street_records(street: Street, easting: float, northing: float) -> Iterator[Record]:
    """Yield the street, which begins at a point, and its descriptor in each language that it has."""
    usrn = street.usrn
    days = (_SINCE, None, FIRST_EPOCH, _SINCE)
    ends = (easting, northing, None, None, easting + 50, northing + 50, None, None)
    yield Record(STREET, str(usrn), (usrn, 1, 9999, 2, _SINCE, 1, 8, 1, *days, *ends, 10))
    yield _descriptor(street, "ENG", street.description, street.town, days)
    if street.is_bilingual:
        welsh = street.description_welsh or street.description
        yield _descriptor(street, "CYM", welsh, street.town_welsh or street.town, days)


def _descriptor(
    street: Street, language: str, description: str, town: str, days: tuple[Field, ...]
) -> Record:
    fields = (street.usrn, description, street.locality, town, street.authority, language, *days)
    return Record(STREET_DESCRIPTOR, f"{street.usrn}{language}", fields)
