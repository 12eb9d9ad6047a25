"""The records of AddressBase Premium, version 2, as its technical specification lays them out."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

_INTEGER, _NUMBER, _DATE, _TEXT = pa.int64(), pa.float64(), pa.date32(), pa.string()


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type of record of which some columns are kept."""

    identifier: int
    name: str
    columns: tuple[str, ...]
    """All of them, in their order, with the identifier, the change type and the place in the volume before them."""
    kept: Mapping[str, pa.DataType]
    """What the columns hold that are kept; the first of them is the record's UPRN or USRN."""
    identity: tuple[str, ...]
    """The columns by which a supply of changes names the record that it means."""

    @property
    def key(self) -> str:
        """Return the column without which a record says nothing: its UPRN or USRN."""
        return next(iter(self.kept))


HEADER, METADATA, TRAILER = 10, 29, 99
CHANGE_TYPE = "change_type"
"""Column that says I for a record that is new, U for one that is written otherwise now, D for one that is gone."""
HEADER_COLUMNS = (
    "record_identifier",
    "custodian_name",
    "local_custodian_code",
    "process_date",
    "volume_number",
    "entry_date",
    "time_stamp",
    "version",
    "file_type",
)
TRAILER_COLUMNS = ("record_identifier", "next_volume_number", "record_count", "entry_date", "time_stamp")


def _record_type(
    identifier: int, name: str, columns: str, kept: Mapping[str, pa.DataType], identity: tuple[str, ...]
) -> RecordType:
    every = ("record_identifier", CHANGE_TYPE, "pro_order", *columns.split())
    return RecordType(identifier, name, every, {**kept, CHANGE_TYPE: _TEXT}, identity)


STREET_DESCRIPTOR = _record_type(
    15,
    "street_descriptor",
    "usrn street_description locality town_name administrative_area language start_date end_date "
    "last_update_date entry_date",
    {
        "usrn": _INTEGER,
        "street_description": _TEXT,
        "locality": _TEXT,
        "town_name": _TEXT,
        "administrative_area": _TEXT,
        "language": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
    },
    ("usrn", "language"),
)
BLPU = _record_type(
    21,
    "blpu",
    "uprn logical_status blpu_state blpu_state_date parent_uprn x_coordinate y_coordinate latitude longitude rpc "
    "local_custodian_code country start_date end_date last_update_date entry_date addressbase_postal "
    "postcode_locator multi_occ_count",
    {
        "uprn": _INTEGER,
        "logical_status": _INTEGER,
        "blpu_state": _INTEGER,
        "parent_uprn": _INTEGER,
        "x_coordinate": _NUMBER,
        "y_coordinate": _NUMBER,
        "latitude": _NUMBER,
        "longitude": _NUMBER,
        "local_custodian_code": _TEXT,
        "country": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
        "last_update_date": _DATE,
        "postcode_locator": _TEXT,
    },
    ("uprn",),
)
LPI = _record_type(
    24,
    "lpi",
    "uprn lpi_key language logical_status start_date end_date last_update_date entry_date sao_start_number "
    "sao_start_suffix sao_end_number sao_end_suffix sao_text pao_start_number pao_start_suffix pao_end_number "
    "pao_end_suffix pao_text usrn usrn_match_indicator area_name level official_flag",
    {
        "uprn": _INTEGER,
        "lpi_key": _TEXT,
        "language": _TEXT,
        "logical_status": _INTEGER,
        "start_date": _DATE,
        "end_date": _DATE,
        "sao_start_number": _INTEGER,
        "sao_start_suffix": _TEXT,
        "sao_end_number": _INTEGER,
        "sao_end_suffix": _TEXT,
        "sao_text": _TEXT,
        "pao_start_number": _INTEGER,
        "pao_start_suffix": _TEXT,
        "pao_end_number": _INTEGER,
        "pao_end_suffix": _TEXT,
        "pao_text": _TEXT,
        "usrn": _INTEGER,
        "level": _TEXT,
        "official_flag": _TEXT,
    },
    ("lpi_key",),
)
DELIVERY_POINT = _record_type(
    28,
    "delivery_point",
    "uprn udprn organisation_name department_name sub_building_name building_name building_number "
    "dependent_thoroughfare thoroughfare double_dependent_locality dependent_locality post_town postcode "
    "postcode_type delivery_point_suffix welsh_dependent_thoroughfare welsh_thoroughfare "
    "welsh_double_dependent_locality welsh_dependent_locality welsh_post_town po_box_number process_date "
    "start_date end_date last_update_date entry_date",
    {
        "uprn": _INTEGER,
        "udprn": _INTEGER,
        "organisation_name": _TEXT,
        "department_name": _TEXT,
        "sub_building_name": _TEXT,
        "building_name": _TEXT,
        "building_number": _INTEGER,
        "dependent_thoroughfare": _TEXT,
        "thoroughfare": _TEXT,
        "double_dependent_locality": _TEXT,
        "dependent_locality": _TEXT,
        "post_town": _TEXT,
        "postcode": _TEXT,
        "welsh_dependent_thoroughfare": _TEXT,
        "welsh_thoroughfare": _TEXT,
        "welsh_double_dependent_locality": _TEXT,
        "welsh_dependent_locality": _TEXT,
        "welsh_post_town": _TEXT,
        "po_box_number": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
    },
    ("udprn",),
)
ORGANISATION = _record_type(
    31,
    "organisation",
    "uprn org_key organisation legal_name start_date end_date last_update_date entry_date",
    {
        "uprn": _INTEGER,
        "org_key": _TEXT,
        "organisation": _TEXT,
        "legal_name": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
    },
    ("org_key",),
)
CLASSIFICATION = _record_type(
    32,
    "classification",
    "uprn class_key classification_code class_scheme scheme_version start_date end_date last_update_date entry_date",
    {
        "uprn": _INTEGER,
        "class_key": _TEXT,
        "classification_code": _TEXT,
        "class_scheme": _TEXT,
        "start_date": _DATE,
        "end_date": _DATE,
    },
    ("class_key",),
)
RECORD_TYPES = (STREET_DESCRIPTOR, BLPU, LPI, DELIVERY_POINT, ORGANISATION, CLASSIFICATION)
"""Those of which texts of premises are made."""
PASSED_OVER = frozenset({11, 23, METADATA, 30})
"""Streets, cross references, metadata and successors, which say nothing of a text."""
