"""The feature types of OS NGD Address, told by the names of their columns, since versions differ in their order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeatureType:
    """Files of a type, and which of their columns are kept; a column that a version lacks is empty."""

    name: str
    told_by: frozenset[str]
    """Columns that all its versions have, and together no other type."""
    kept: tuple[str, ...]


ADDRESS = FeatureType(
    "address",
    frozenset({"uprn", "fulladdress", "classificationcode", "addressstatus"}),
    (
        "uprn",
        "description",
        "organisationname",
        "name",
        "streetname",
        "locality",
        "townname",
        "postcode",
        "fulladdress",
        "country",
        "alternatelanguagefulladdress",
        "alternatelanguage",
        "classificationcode",
        "addressstatus",
        "parentuprn",
        "easting",
        "northing",
        "latitude",
        "longitude",
        "effectivestartdate",
        "effectiveenddate",
        "localcustodiancode",
        "versiondate",
        "versionavailablefromdate",
        "changetype",
    ),
)
"""Built, pre-build, historic and non-addressable addresses; the description of each says which it is."""
ALTERNATE_ADDRESS = FeatureType(
    "alternate_address",
    frozenset({"alternateaddressid", "uprn", "fulladdress"}),
    (
        "uprn",
        "addressstatus",
        "streetname",
        "locality",
        "townname",
        "language",
        "postcode",
        "fulladdress",
        "effectivestartdate",
        "effectiveenddate",
        "alternateaddressid",
        "featuretypeversiondate",
    ),
)
"""Each belongs to one version of the feature of its UPRN."""
ROYAL_MAIL_ADDRESS = FeatureType(
    "royal_mail_address",
    frozenset({"udprn", "posttown", "postcode", "thoroughfare"}),
    (
        "udprn",
        "organisationname",
        "departmentname",
        "subbuildingname",
        "buildingname",
        "buildingnumber",
        "dependentthoroughfare",
        "thoroughfare",
        "doubledependentlocality",
        "dependentlocality",
        "posttown",
        "postcode",
        "welshdependentthoroughfare",
        "welshthoroughfare",
        "welshdoubledependentlocality",
        "welshdependentlocality",
        "welshposttown",
        "poboxnumber",
        "entrydate",
        "uprn",
        "versiondate",
        "versionavailablefromdate",
        "changetype",
    ),
)
"""Every delivery point, whether or not it was matched to a UPRN."""
FEATURE_TYPES = (ALTERNATE_ADDRESS, ROYAL_MAIL_ADDRESS, ADDRESS)


def feature_type(columns: Collection[str]) -> FeatureType | None:
    """Return the type of a file with these columns, lower case; None of one that holds no addresses."""
    return next((kind for kind in FEATURE_TYPES if kind.told_by <= set(columns)), None)


def column_names(header: Sequence[str]) -> list[str]:
    """Write the names of a header as the types have them: lower case, without underscores and spaces."""
    return [name.strip().lower().replace("_", "").replace(" ", "").lstrip("\ufeff") for name in header]
