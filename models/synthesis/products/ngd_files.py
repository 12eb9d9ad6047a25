"""OS NGD Address of the synthetic country: a CSV file a feature type, for each epoch."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.products.delivery_point import (
    DeliveryPoint,
    delivery_point,
    is_written_in_welsh,
)
from address_match.models.synthesis.products.streets import Street, street_of
from address_match.models.synthesis.products.supply import SuppliedPremises, Supply
from address_match.models.synthesis.texts.field_pieces import flat_text, number_text

Row = Mapping[str, object]

ADDRESS_COLUMNS = (
    *("uprn", "versiondate", "versionavailablefromdate", "versionavailabletodate", "changetype", "theme"),
    *(
        "description",
        "organisationname",
        "poboxnumber",
        "subname",
        "name",
        "number",
        "streetname",
        "locality",
    ),
    *("townname", "islandname", "postcode", "fulladdress", "country", "alternatelanguagefulladdress"),
    *("alternatelanguage", "floorlevel", "lowestfloorlevel", "highestfloorlevel", "classificationcode"),
    *("classificationdescription", "buildstatus", "buildstatusdate", "addressstatus", "postcodesource"),
    *("parentuprn", "rootuprn", "hierarchylevel", "usrn", "usrnmatchindicator", "localcustodiancode"),
    *("easting", "northing", "latitude", "longitude", "positionalaccuracy", "effectivestartdate"),
    "effectiveenddate",
)
ALTERNATE_COLUMNS = (
    *("alternateaddressid", "uprn", "featuretypeversiondate", "usrn", "addressstatus", "alternatesubname"),
    *("alternatename", "alternatenumber", "streetname", "locality", "townname", "islandname", "language"),
    *("postcode", "fulladdress", "floorlevel", "updatedate", "effectivestartdate", "effectiveenddate"),
)
ROYAL_MAIL_COLUMNS = (
    *("udprn", "organisationname", "departmentname", "subbuildingname", "buildingname", "buildingnumber"),
    *("dependentthoroughfare", "thoroughfare", "doubledependentlocality", "dependentlocality", "posttown"),
    *("postcode", "postcodetype", "deliverypointsuffix", "welshthoroughfare", "welshposttown", "poboxnumber"),
    *("updatedate", "entrydate", "easting", "northing", "unmatchedreason", "uprn", "matchtype"),
)
_BUILT, _PRE_BUILD, _HISTORIC = "builtaddress", "prebuildaddress", "historicaddress"
_NON_ADDRESSABLE, _ALTERNATE, _ROYAL_MAIL = "nonaddressableaddress", "builtaddress_altadd", "royalmailaddress"
_COLUMNS = {
    **dict.fromkeys((_BUILT, _PRE_BUILD, _HISTORIC, _NON_ADDRESSABLE), ADDRESS_COLUMNS),
    _ALTERNATE: ALTERNATE_COLUMNS,
    _ROYAL_MAIL: ROYAL_MAIL_COLUMNS,
}
_DESCRIPTIONS = {
    _BUILT: "Built Address",
    _PRE_BUILD: "Pre-Build Address",
    _HISTORIC: "Historic Address",
    _NON_ADDRESSABLE: "Non-Addressable Object",
}
_STATUS = {_PRE_BUILD: "Provisional", _HISTORIC: "Historical"}
_COUNTRIES = {
    "E": "England",
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "M": "Isle of Man",
    "L": "Channel Islands",
}


def write_ngd(supply: Supply, out: Path) -> list[Path]:
    """Write `epoch-N` into a folder for each epoch, with one file per feature type; return their paths."""
    folders = [out / f"epoch-{epoch}" for epoch in range(1, supply.epochs.count + 1)]
    for epoch, folder in enumerate(folders, 1):
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            writers = {}
            for name, columns in _COLUMNS.items():
                path = folder / f"add_gb_{name}.csv"
                file = opened.enter_context(path.open("w", encoding="utf-8", newline=""))
                writers[name] = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writers[name].writeheader()
            for (supplied,) in supply.walk(epoch):
                if isinstance(supplied, SuppliedPremises):
                    for name, row in _rows(supplied):
                        writers[name].writerow(row)
    return folders


def _rows(supplied: SuppliedPremises) -> Iterator[tuple[str, Row]]:
    """Yield the features of a premises, each behind the name of its file."""
    premises = supplied.place.premises
    street = street_of(premises, supplied.usrn)
    feature = _feature(supplied)
    address = _address(premises, street)
    since = premises.texts[0].valid_from if premises.texts else ""
    welsh = is_written_in_welsh(premises)
    yield (
        feature,
        {
            "uprn": premises.uprn,
            "versiondate": supplied.place.changed,
            "changetype": "New",
            "theme": "Address",
            "description": _DESCRIPTIONS[feature],
            "organisationname": premises.organisation,
            "subname": flat_text(premises),
            "name": premises.building,
            "number": number_text(premises),
            "streetname": street.description,
            "locality": premises.locality,
            "townname": premises.town,
            "postcode": premises.postcode,
            "fulladdress": address,
            "country": _COUNTRIES[premises.country],
            "alternatelanguagefulladdress": _address(premises, street, welsh=True) if welsh else "",
            "alternatelanguage": "cym" if welsh else "",
            "classificationcode": premises.classification,
            "buildstatus": "Built Complete",
            "addressstatus": _STATUS.get(feature, "Approved"),
            "parentuprn": supplied.parent,
            "usrn": supplied.usrn,
            "easting": premises.easting,
            "northing": premises.northing,
            "latitude": premises.latitude,
            "longitude": premises.longitude,
            "effectivestartdate": since,
            "effectiveenddate": supplied.place.ended or "",
        },
    )
    if supplied.place.former_building:
        former = supplied.place.former_building
        yield (
            _ALTERNATE,
            {
                "alternateaddressid": f"{premises.uprn}A1",
                "uprn": premises.uprn,
                "addressstatus": "Historical",
                "alternatename": former,
                "language": "eng",
                "postcode": premises.postcode,
                "fulladdress": address.replace(premises.building, former),
                "effectivestartdate": since,
                "effectiveenddate": supplied.place.changed,
            },
        )
    if (point := delivery_point(premises)) is not None:
        # The post goes on for a while writing to what is no longer there.
        uprn = "" if supplied.place.ended else premises.uprn
        yield _ROYAL_MAIL, _royal_mail(supplied.udprn, uprn, point, since)


def _feature(supplied: SuppliedPremises) -> str:
    premises = supplied.place.premises
    if supplied.place.ended or premises.status == "historical":
        return _HISTORIC
    if premises.status == "provisional":
        return _PRE_BUILD
    return _NON_ADDRESSABLE if premises.kind in {"land", "street_record"} else _BUILT


def _address(premises: Premises, street: Street, *, welsh: bool = False) -> str:
    description = (street.description_welsh if welsh else "") or street.description
    place = premises.locality if premises.locality != description else ""
    parts = (
        premises.organisation,
        flat_text(premises),
        premises.building,
        number_text(premises),
        description,
        place,
        (premises.town_welsh if welsh else "") or premises.town,
        premises.postcode,
    )
    return ", ".join(part for part in parts if part)


def _royal_mail(udprn: int, uprn: str, point: DeliveryPoint, since: str) -> Row:
    return {
        "udprn": udprn,
        "organisationname": point.organisation,
        "departmentname": point.department,
        "subbuildingname": point.sub_building,
        "buildingname": point.building,
        "buildingnumber": "" if point.number is None else point.number,
        "dependentthoroughfare": point.dependent_street,
        "thoroughfare": point.street,
        "dependentlocality": point.locality,
        "posttown": point.town,
        "postcode": point.postcode,
        "postcodetype": "S",
        "welshthoroughfare": point.street_welsh,
        "welshposttown": point.town_welsh,
        "poboxnumber": point.po_box,
        "entrydate": since,
        "unmatchedreason": "" if uprn else "No premises found",
        "uprn": uprn,
    }
