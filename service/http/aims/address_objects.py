"""A premises as AIMS writes it, its keys in AIMS's order. What our reference does not hold is empty."""

from typing import Any

from address_match.service.http.aims.forms import Forms
from address_match.service.lookup.logical_status import POSTAL, status_of_text, status_of_texts
from address_match.service.lookup.premises_texts import HeldText, PremisesTexts

Json = dict[str, Any]
NO_PARENT = "0"
_LONGEST_NUMBER = 18
_OURS = "addressMatch"


def address_object(
    premises: PremisesTexts,
    confidence: float,
    rating: str,
    *,
    favours_paf: bool,
    is_verbose: bool,
    has_relatives: bool = True,
    highlights: Json | None = None,
    ours: Json | None = None,
) -> Json:
    """Write a premises; its score stands for the engine's as well, since no score of an engine leaves the matcher."""
    forms = Forms.of(premises)
    geo = _geo(premises)
    return {
        "uprn": premises.uprn,
        "parentUprn": premises.parent_uprn or NO_PARENT,
        **(
            {"relatives": _relatives(premises) if has_relatives else [], "crossRefs": []}
            if is_verbose
            else {}
        ),
        "formattedAddress": forms.shown(favours_paf=favours_paf)[0].address,
        "formattedAddressNag": _address(forms.nag),
        "formattedAddressPaf": _address(forms.paf),
        "welshFormattedAddressNag": _address(forms.welsh_nag),
        "welshFormattedAddressPaf": _address(forms.welsh_paf),
        **({} if highlights is None else {"highlights": highlights}),
        **(_records(premises, forms) if is_verbose else {}),
        **({} if geo is None else {"geo": geo}),
        "classificationCode": premises.classification,
        "countryCode": premises.country,
        "lpiLogicalStatus": status_of_texts(premises),
        "confidenceScore": confidence,
        "underlyingScore": confidence,
        "airRating": rating,
        **({} if ours is None else {_OURS: ours}),
    }


def _address(text: HeldText | None) -> str:
    return "" if text is None else text.address


def _geo(premises: PremisesTexts) -> Json | None:
    """Write where a premises lies; None unless the reference holds it in both ways."""
    latitude, longitude, easting, northing = (
        premises.latitude,
        premises.longitude,
        premises.easting,
        premises.northing,
    )
    if latitude is None or longitude is None or easting is None or northing is None:
        return None
    return {
        "latitude": latitude,
        "longitude": longitude,
        "easting": round(easting),
        "northing": round(northing),
    }


def _relatives(premises: PremisesTexts) -> list[Json]:
    """Name the parent; a reference lists no siblings."""
    parent = number_of(premises.parent_uprn)
    return [] if parent is None else [{"level": 2, "siblings": [], "parents": [parent]}]


def number_of(uprn: str) -> int | None:
    """Return an identifier as the number that AIMS takes it for; None where it is no number of 64 bits."""
    return int(uprn) if uprn.isascii() and uprn.isdecimal() and len(uprn) <= _LONGEST_NUMBER else None


def _records(premises: PremisesTexts, forms: Forms) -> Json:
    nag = [_nag(premises, text) for text in premises.texts if text.text_kind != POSTAL]
    paf = forms.paf or forms.welsh_paf
    return {**({} if paf is None else {"paf": _paf(paf, forms.welsh_paf)}), "nag": nag}


def _paf(text: HeldText, welsh: HeldText | None) -> Json:
    return {
        "udprn": "",
        "organisationName": text.organisation,
        "departmentName": text.department,
        "subBuildingName": _unit(text),
        "buildingName": text.building,
        "buildingNumber": _numbered(text.number, text.suffix),
        "dependentThoroughfare": "",
        "thoroughfare": text.street,
        "doubleDependentLocality": "",
        "dependentLocality": text.locality,
        "postTown": text.town,
        "postcode": text.postcode,
        "postcodeType": "",
        "deliveryPointSuffix": "",
        "welshDependentThoroughfare": "",
        "welshThoroughfare": "" if welsh is None else welsh.street,
        "welshDoubleDependentLocality": "",
        "welshDependentLocality": "" if welsh is None else welsh.locality,
        "welshPostTown": "" if welsh is None else welsh.town,
        "poBoxNumber": "",
        "startDate": text.valid_from,
        "endDate": text.valid_to,
    }


def _nag(premises: PremisesTexts, text: HeldText) -> Json:
    return {
        "uprn": premises.uprn,
        "postcodeLocator": text.postcode,
        "addressBasePostal": "",
        "usrn": "",
        "lpiKey": "",
        "pao": {
            "paoText": text.building,
            "paoStartNumber": _numbered(text.number),
            "paoStartSuffix": text.suffix,
            "paoEndNumber": _numbered(text.number_end),
            "paoEndSuffix": "",
        },
        "sao": {
            "saoText": _unit(text),
            "saoStartNumber": "",
            "saoStartSuffix": "",
            "saoEndNumber": "",
            "saoEndSuffix": "",
        },
        "level": "",
        "officialFlag": "",
        "logicalStatus": status_of_text(text),
        "streetDescriptor": text.street,
        "townName": text.town,
        "locality": text.locality,
        "organisation": text.organisation,
        "legalName": "",
        "localCustodianCode": premises.custodian,
        "localCustodianName": "",
        "localCustodianGeogCode": "",
        "lpiEndDate": text.valid_to,
        "lpiStartDate": text.valid_from,
    }


def _unit(text: HeldText) -> str:
    return f"{text.unit_kind} {text.unit}".strip()


def _numbered(number: int, suffix: str = "") -> str:
    return f"{number}{suffix}" if number >= 0 else ""
