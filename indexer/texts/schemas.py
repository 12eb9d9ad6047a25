"""The columns of a reference: as a user gives them and as an index keeps them."""

from collections.abc import Sequence
from operator import attrgetter

import pyarrow as pa

from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields

COMPONENT_COLUMNS: tuple[str, ...] = (
    "organisation_name",
    "department_name",
    "sub_building_name",
    "building_name",
    "building_number",
    "street_name",
    "locality",
    "town_name",
    "county",
)
"""Address columns that may stand instead of `address`, in the order in which they are written out."""

REFERENCE_SCHEMA = pa.schema(
    [
        pa.field("line", pa.int64(), nullable=False),  # row of the file, counted from 1 after the header
        pa.field("uprn", pa.string(), nullable=False),
        pa.field(
            "address", pa.string(), nullable=False
        ),  # one line, the postcode at its end where one is known
        pa.field("postcode", pa.string(), nullable=False),  # empty where none is known
        pa.field(
            "text_kind", pa.string(), nullable=False
        ),  # postal, gazetteer, alternative, historical, provisional
        pa.field("language", pa.string(), nullable=False),  # en, cy, gd, ga
        pa.field("valid_from", pa.string(), nullable=False),  # ISO date or empty
        pa.field("valid_to", pa.string(), nullable=False),
        pa.field("parent_uprn", pa.string(), nullable=False),
        pa.field("classification", pa.string(), nullable=False),
        pa.field("country", pa.string(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
        pa.field("easting", pa.float64()),
        pa.field("northing", pa.float64()),
        pa.field("custodian", pa.string(), nullable=False),  # code of the authority that keeps the premises
        pa.field("premises_from", pa.string(), nullable=False),  # dates of the premises, ISO or empty
        pa.field("premises_to", pa.string(), nullable=False),
        pa.field("premises_updated", pa.string(), nullable=False),
        pa.field(
            "source", pa.string(), nullable=False
        ),  # the reference that the text is of; empty where there is only one
    ]
)
"""What every `Reference` yields, whatever it was read from. A file that has the component
columns yields their words in `address`.
"""
GIVEN_FIELDS: tuple[str, ...] = tuple(n for n in REFERENCE_SCHEMA.names if n not in {"line", "source"})
"""Those that a column of a file may give."""

PARSED_FIELDS_SCHEMA = pa.schema(
    [
        pa.field("organisation", pa.string(), nullable=False),
        pa.field("department", pa.string(), nullable=False),
        pa.field("building", pa.string(), nullable=False),
        pa.field("unit", pa.string(), nullable=False),
        pa.field("unit_kind", pa.string(), nullable=False),
        pa.field("floor", pa.string(), nullable=False),
        pa.field("side", pa.string(), nullable=False),
        pa.field("number", pa.int32(), nullable=False),
        pa.field("number_end", pa.int32(), nullable=False),
        pa.field("suffix", pa.string(), nullable=False),
        pa.field("street", pa.string(), nullable=False),
        pa.field("locality", pa.string(), nullable=False),
        pa.field("town", pa.string(), nullable=False),
        pa.field("county", pa.string(), nullable=False),
        pa.field("reading_postcode", pa.string(), nullable=False),  # ParsedFields.postcode
        pa.field("position", pa.string(), nullable=False),
        pa.field("other", pa.string(), nullable=False),
    ]
)
"""`address_match.parser.parsed_fields.ParsedFields`, a column per field."""
_PARSED_FIELDS_TYPE = pa.struct(PARSED_FIELDS_SCHEMA)


def field_columns(parsed: Sequence[ParsedFields]) -> pa.RecordBatch:
    """Lay parsed fields out as the columns of `PARSED_FIELDS_SCHEMA`."""
    rows = list(map(attrgetter(*PARSED_FIELDS), parsed))
    return pa.RecordBatch.from_struct_array(pa.array(rows, _PARSED_FIELDS_TYPE))


TEXT_SCHEMA = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),  # identifies the text within one generation of an index
        *(f for f in REFERENCE_SCHEMA if f.name != "line"),
        *PARSED_FIELDS_SCHEMA,
        pa.field(
            "term_ids", pa.list_(pa.int64()), nullable=False
        ),  # indexer.lexical.analysis.term_id of each distinct term
        pa.field(
            "street_premises", pa.int32(), nullable=False
        ),  # premises on the same street of the same town
        pa.field(
            "place_names", pa.string(), nullable=False
        ),  # indexer.reference.place_names: what its sector is called
    ]
)
"""What a retriever gives back of a text that is looked up."""

STORED_SCHEMA = pa.schema([f for f in TEXT_SCHEMA if f.name not in {"row", "term_ids"}])
"""What an index keeps of a text; its row is its place, and its terms are kept apart."""

_WRITTEN_OUT = ("uprn", "address")
RECURRING = tuple(
    field.name for field in STORED_SCHEMA if pa.types.is_string(field.type) and field.name not in _WRITTEN_OUT
)
"""Columns that hold few distinct values beside the number of texts: these are kept once, and their numbers for each
text.
"""

SINCE_FORMAT_5 = ("custodian", "premises_from", "premises_to", "premises_updated", "source")
"""Columns that indexes of earlier formats lack: they are empty there."""
_SHOWN_ONLY = frozenset(
    {*SINCE_FORMAT_5, "language", "valid_from", "valid_to", "country"}
    | {"latitude", "longitude", "easting", "northing"}
) - {"source"}
LISTED_COLUMNS: tuple[str, ...] = (
    *("uprn", "address", "postcode", "text_kind", "language", "valid_from", "valid_to", "parent_uprn"),
    *("classification", "country", "status", "latitude", "longitude", "easting", "northing"),
    *SINCE_FORMAT_5,
    *("organisation", "department", "building", "unit", "unit_kind", "number", "number_end", "suffix"),
    *("street", "locality", "town", "reading_postcode"),
)
LISTED_SCHEMA = pa.schema([TEXT_SCHEMA.field(name) for name in LISTED_COLUMNS])
"""What lists of premises show of a text, and what they are searched by."""
CANDIDATE_SCHEMA = pa.schema([f for f in TEXT_SCHEMA if f.name not in _SHOWN_ONLY])
"""What matching reads of a text: all but what is only shown of a premises that is looked up."""
_OF_EQUAL_TEXT = (
    *("uprn", "address", "text_kind", "status", "classification"),
    *("building", "number", "street", "town", "reading_postcode", "position"),
)
EQUAL_TEXT_SCHEMA = pa.schema([TEXT_SCHEMA.field(name) for name in _OF_EQUAL_TEXT])
"""What matching reads of a text that equals an address except for case, punctuation and abbreviation."""
