"""The records of AddressBase Premium that hold one premises of the synthetic country."""

from collections.abc import Iterator
from datetime import date
from zlib import crc32

from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.models.synthesis.products.delivery_point import (
    DeliveryPoint,
    delivery_point,
    is_written_in_welsh,
)
from address_match.models.synthesis.products.epochs import PremisesAtEpoch
from address_match.models.synthesis.products.premium.record import (
    BLPU,
    CLASSIFICATION,
    CROSS_REFERENCE,
    DELIVERY_POINT,
    LPI,
    ORGANISATION,
    SUCCESSOR,
    Field,
    Record,
)
from address_match.models.synthesis.products.supply import SuppliedPremises
from address_match.models.synthesis.texts.field_pieces import flat_text
from address_match.parser.labels import Label

SCHEME = "AddressBase Premium Classification Scheme"
CUSTODIAN = 9999
_OTHER_SCHEME = "VOA Special Category"
_APPROVED, _ALTERNATIVE, _PROVISIONAL, _HISTORICAL = 1, 3, 6, 8
_LOGICAL_STATUS = {"approved": _APPROVED, "provisional": _PROVISIONAL, "historical": _HISTORICAL}
_UNDER_CONSTRUCTION, _IN_USE, _NO_LONGER_EXISTING = 1, 2, 4
_STATE = {"approved": _IN_USE, "provisional": _UNDER_CONSTRUCTION, "historical": _NO_LONGER_EXISTING}
_FLOOR_LEVELS = {"BASEMENT": "-1", "GROUND FLOOR": "0", "FIRST FLOOR": "1", "SECOND FLOOR": "2"}
_OF_COMPANIES = ("LTD", "LIMITED", "PLC")
_FLOORS_AS_LEVELS = 2
"""One of so many flats that are named by their floor says it in the level of its LPI alone."""


def records_of(supplied: SuppliedPremises) -> Iterator[Record]:
    """Yield all records of a premises."""
    place, parent, successor = supplied.place, supplied.parent, supplied.successor
    premises, ended = place.premises, place.ended
    status = "historical" if ended else premises.status
    first_day = date.fromisoformat(premises.texts[0].valid_from) if premises.texts else place.changed
    end = ended or (date.fromisoformat(premises.texts[0].valid_to) if status == "historical" else None)
    days = (first_day, end, place.changed, first_day)
    point = delivery_point(premises)
    uprn = int(premises.uprn)
    yield Record(
        BLPU,
        premises.uprn,
        (
            uprn,
            _LOGICAL_STATUS[status],
            _STATE[status],
            first_day,
            int(parent) if parent else None,
            premises.easting,
            premises.northing,
            premises.latitude,
            premises.longitude,
            1,
            CUSTODIAN,
            premises.country,
            *days,
            "D" if point else "N" if premises.kind in {"land", "street_record"} else "L",
            premises.postcode,
            0,
        ),
    )
    yield from _lpis(place, supplied.usrn, status, days)
    if point and not ended:
        yield _delivery_point(uprn, supplied.udprn, point, days)
    yield from _classifications(premises, days)
    if premises.organisation:
        key = f"{premises.uprn}ORG1"
        is_company = premises.kind == "unit" and not premises.organisation.endswith(_OF_COMPANIES)
        legal = f"{premises.organisation} LIMITED" if is_company else ""
        yield Record(ORGANISATION, key, (uprn, key, premises.organisation, legal, *days))
    key = f"{premises.uprn}XRF1"
    yield Record(CROSS_REFERENCE, key, (uprn, key, f"osgb{premises.uprn}", 1, "7666MT", *days))
    if successor:
        key = f"{premises.uprn}SUC1"
        yield Record(SUCCESSOR, key, (uprn, key, *days, int(successor)))


def _text(premises: Premises, kind: str, language: str) -> PremisesText | None:
    return next((t for t in premises.texts if (t.kind, t.language) == (kind, language)), None)


def _lpis(place: PremisesAtEpoch, usrn: int, status: str, days: tuple[Field, ...]) -> Iterator[Record]:
    premises = place.premises
    first_day, _, changed, _ = days
    pao = (*_numbers(premises), premises.building or _named_by_its_organisation(premises))
    yield _lpi(premises, 1, "ENG", _LOGICAL_STATUS[status], days, pao, usrn)
    if is_written_in_welsh(premises):
        yield _lpi(premises, 2, "CYM", _LOGICAL_STATUS[status], days, pao, usrn)
    if status != "approved":
        return
    if (other := _text(premises, "alternative", "en")) is not None:
        by_number = any(piece.label is Label.NUMBER for piece in other.pieces)
        pao_of_other = (*_numbers(premises), "") if by_number else (None, "", None, "", pao[-1])
        yield _lpi(premises, 3, "ENG", _ALTERNATIVE, days, pao_of_other, usrn)
    if (former := _text(premises, "historical", "en")) is not None:
        until = date.fromisoformat(former.valid_to)
        begun = date.fromisoformat(former.valid_from)
        pao_of_former = (*_numbers(premises), former.pieces[0].text)
        yield _lpi(premises, 4, "ENG", _HISTORICAL, (begun, until, until, begun), pao_of_former, usrn)
    if place.former_building:
        pao_of_former = (*_numbers(premises), place.former_building)
        yield _lpi(
            premises, 5, "ENG", _HISTORICAL, (first_day, changed, changed, first_day), pao_of_former, usrn
        )


def _lpi(
    premises: Premises,
    number: int,
    language: str,
    status: int,
    days: tuple[Field, ...],
    pao: tuple[Field, ...],
    usrn: int,
) -> Record:
    key = f"{premises.uprn}LPI{number}"
    fields = (
        int(premises.uprn),
        key,
        language,
        status,
        *days,
        *_secondary(premises),
        *pao,
        usrn,
        "1",
        "",
        _level(premises),
        "Y",
    )
    return Record(LPI, key, fields)


def _numbers(premises: Premises) -> tuple[Field, ...]:
    """Return start number and suffix, end number and suffix of the building."""
    return (_number(premises.number), premises.suffix, _number(premises.number_end), "")


def _number(number: int) -> int | None:
    return number if number >= 0 else None


def _secondary(premises: Premises) -> tuple[Field, ...]:
    """Return start number and suffix, end number and suffix, and text of the part of a building."""
    if premises.flat.isdigit() and not premises.flat_word and not premises.floor:
        return (int(premises.flat), "", None, "", "")
    text = flat_text(premises)
    if _level(premises):
        text = text.removeprefix(premises.floor).strip()
    return (None, "", None, "", text)


def _level(premises: Premises) -> str:
    """Return the level by which alone a register says the floor of some flats."""
    if crc32(premises.uprn.encode()) % _FLOORS_AS_LEVELS:
        return ""
    return _FLOOR_LEVELS.get(premises.floor, "")


def _named_by_its_organisation(premises: Premises) -> str:
    """Return what names a building that has neither name nor number of its own."""
    return premises.organisation if premises.number < 0 else ""


def _delivery_point(uprn: int, udprn: int, point: DeliveryPoint, days: tuple[Field, ...]) -> Record:
    first_day, _, changed, _ = days
    fields = (
        uprn,
        udprn,
        point.organisation,
        point.department,
        point.sub_building,
        point.building,
        point.number,
        point.dependent_street,
        point.street,
        "",
        point.locality,
        point.town,
        point.postcode,
        "S",
        "1A",
        "",
        point.street_welsh,
        "",
        "",
        point.town_welsh,
        point.po_box,
        changed,
        first_day,
        None,
        changed,
        first_day,
    )
    return Record(DELIVERY_POINT, str(udprn), fields)


def _classifications(premises: Premises, days: tuple[Field, ...]) -> Iterator[Record]:
    uprn = int(premises.uprn)
    key = f"{premises.uprn}CLS1"
    yield Record(CLASSIFICATION, key, (uprn, key, premises.classification, SCHEME, 1.0, *days))
    if premises.classification.startswith("C"):
        key = f"{premises.uprn}CLS2"
        yield Record(CLASSIFICATION, key, (uprn, key, "096", _OTHER_SCHEME, 1.0, *days))
