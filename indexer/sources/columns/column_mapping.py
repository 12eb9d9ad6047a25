"""Which column of a reference gives which field: by name, or by a mapping file."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.columns.address_columns import (
    AddressColumns,
    component_columns,
    detect_address_columns,
    word_positions,
)
from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.address_parts import FirstFilled
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.columns.header_names import column_namesakes, describe_header
from address_match.indexer.sources.columns.identifier_words import ROW_IDENTIFIERS, UPRN_WORDS, is_uprn_word
from address_match.indexer.sources.columns.plain_names import column_positions, plain_name
from address_match.indexer.sources.columns.text_kinds import LOGICAL_STATUS_WORDS, TEXT_KINDS
from address_match.indexer.sources.layouts.layout import Layout, layout_of, named_layout
from address_match.indexer.texts.schemas import GIVEN_FIELDS

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "text_kind": ("kind", *LOGICAL_STATUS_WORDS),
    "language": ("lang",),
    "valid_from": ("start_date",),
    "valid_to": ("end_date",),
    "parent_uprn": ("parent",),
    "classification": ("classification_code", "class_code", "blpu_class"),
    "country": ("country_code",),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "easting": ("x_coordinate",),
    "northing": ("y_coordinate",),
    "status": ("blpu_state",),
    "custodian": ("local_custodian_code", "custodian_code"),
    "premises_from": ("blpu_start_date",),
    "premises_to": ("blpu_end_date",),
    "premises_updated": ("blpu_last_update_date", "last_update_date"),
}
_FIELDS = tuple(name for name in GIVEN_FIELDS if name not in {"uprn", "address", "postcode"})
NUMBERS = ("latitude", "longitude", "easting", "northing")
"""Fields that hold a number or nothing."""
KINDS = {
    "text_kind": TEXT_KINDS,
    "language": ("en", "cy", "gd", "ga"),
}
"""Fields that hold one of a few words; the first of them where a row has none."""
_FILE = ("format", "delimiter", "encoding", "sheet", "header", "layout")
_COLUMN = {"address": "a column's name or a list of such names"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The position of the column of each field in a table."""

    uprn: int
    address: AddressComposition
    """How the address is made, and the postcode."""
    fields: Mapping[str, int]
    """Of the other fields of `REFERENCE_SCHEMA` that the table has."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Values of fields that the table has not."""
    components: Mapping[str, int] = field(default_factory=dict)
    """Of `COMPONENT_COLUMNS` those that the table has, whether or not the address is made of them."""
    named: frozenset[str] = frozenset()
    """Fields whose columns the mapping names."""
    layout: str = ""
    """The layout that the columns are of; empty where none is known."""

    def taken_of(self, columns: Sequence[str]) -> ColumnsTaken:
        """Say what became of the columns of the table's header."""
        postcode = () if self.address.postcode is None else self.address.postcode.positions
        fields = {name: (position,) for name, position in self.fields.items()}
        return ColumnsTaken.of_positions(
            columns,
            {"uprn": (self.uprn,), "address": self.address.address, "postcode": postcode, **fields},
            self.layout,
        )


def read_mapping(mapping: Path | Mapping[str, Any]) -> Mapping[str, Any]:
    """Read a mapping file; raises SourceError for an unreadable one, an unknown name in it or a
    value that the name cannot have.

    `[columns]` gives for `uprn`, `postcode` and the other fields the name of a column, and for `address`
    one name or a list; `[defaults]` gives values of fields that the file has not; `[file]` may give
    `format`, `delimiter`, `encoding`, `sheet`, `header` and `layout`.
    """
    if isinstance(mapping, Path):
        try:
            content: Mapping[str, Any] = tomllib.loads(mapping.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SourceError(f"The mapping {mapping} cannot be read: {error}") from error
    else:
        content = mapping
    known = {
        "columns": GIVEN_FIELDS,
        "defaults": _FIELDS,
        "file": _FILE,
    }
    for section, entries in content.items():
        if section not in known or not isinstance(entries, Mapping):
            raise SourceError(f"The mapping has an unknown section {section!r}; known are {', '.join(known)}")
        for name in entries:
            if name not in known[section]:
                raise SourceError(
                    f"[{section}] of the mapping has an unknown name {name!r}; known are {', '.join(known[section])}"
                )
            if wanted := _wanted(section, name, entries[name]):
                raise SourceError(
                    f"[{section}] {name} of the mapping is {entries[name]!r}, which is not {wanted}"
                )
    return content


def _wanted(section: str, name: str, value: object) -> str:
    """Return what an entry of a mapping has to be, empty where it is that."""
    texts = isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
    if section == "columns":
        return (
            ""
            if isinstance(value, str) or (name == "address" and texts)
            else _COLUMN.get(name, "a column's name")
        )
    if section == "defaults" and name in NUMBERS:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "a number"
    if section == "defaults" and name in KINDS:
        return "" if value in KINDS[name] else f"one of {', '.join(KINDS[name])}"
    if name == "header":
        return "" if isinstance(value, bool) else "true or false"
    if name == "delimiter":
        return "" if isinstance(value, str) and len(value) == 1 else "one character"
    return "" if isinstance(value, str) else "a text in quotes"


class _Header:
    """The columns of a table, by their names and by what their names say."""

    def __init__(self, columns: Sequence[str], layout: Layout | None, table: str) -> None:
        self._columns = columns
        self._table = table
        self._positions = column_positions(columns)
        self._words = word_positions(columns, layout)

    def position_of(self, column: str) -> int:
        """Return the place of a column that a mapping names; raises SourceError where there is none."""
        if (found := self._positions.get(plain_name(column))) is None:
            raise self.lacking(f"no column {column!r}")
        return found

    def position_by_words(self, names: Sequence[str]) -> int | None:
        """Return the place of the first of some names that a column has, None where none has any."""
        return next((self._words[name] for name in names if name in self._words), None)

    def identifier(self) -> int | None:
        """Return the place of the column of UPRNs, else of a number that a row has of its own; None where none is known."""
        if (found := self.position_by_words(UPRN_WORDS)) is not None:
            return found
        named = (*self._positions.items(), *self._words.items())
        beside = {position for name, position in named if is_uprn_word(name)}
        return beside.pop() if len(beside) == 1 else self.position_by_words(ROW_IDENTIFIERS)

    def lacking(self, what: str, way_out: str = "") -> SourceError:
        """Say what the table lacks, what it has instead, and the way out."""
        return SourceError(f"{self._table} has {what}; {describe_header(self._columns)}{way_out}")


def map_columns(columns: Sequence[str], mapping: Mapping[str, Any], name: str) -> ColumnMapping:
    """Find the column of each field, by the mapping where it says so, else by name.

    Raises SourceError when there is no identifier or no address, when columns that are found by name do not tell one
    premises of a street from the next, or when a column that is used has a namesake.
    """
    named: Mapping[str, Any] = mapping.get("columns", {})
    chosen = mapping.get("file", {}).get("layout")
    layout = layout_of(columns) if chosen is None else named_layout(chosen)
    header = _Header(columns, layout, name)
    uprn = header.position_of(named["uprn"]) if "uprn" in named else header.identifier()
    if uprn is None:
        raise header.lacking("no column uprn or id", ". Name it in a mapping: [columns] uprn = ...")
    detected = detect_address_columns(columns, layout)
    address = _address(named, detected, header)
    if not address.address:
        raise header.lacking(
            "no address column", ". Name it address, or name it in a mapping: [columns] address = ..."
        )
    if "address" not in named and not detected.names_premises:
        raise SourceError(
            f"{name} has no columns from which an address of one premises can be made: of {', '.join(columns)} only "
            f"{', '.join(detected.address)} were understood. "
            "Name all columns of the address in a mapping: [columns] address = [...]"
        )
    fields = _fields(named, header, taken=address.address)
    if namesakes := column_namesakes(columns, {uprn, *address.columns, *fields.values()}):
        raise SourceError(f"{name} has {namesakes}")
    return ColumnMapping(
        uprn=uprn,
        address=address,
        fields=fields,
        defaults=mapping.get("defaults", {}),
        components=component_columns(columns, layout),
        named=frozenset(named),
        layout="" if layout is None else layout.name,
    )


def _fields(named: Mapping[str, Any], header: _Header, taken: Collection[int]) -> dict[str, int]:
    """Return the column of each field that has one, except for those that the address is made of."""
    found: dict[str, int] = {}
    for name in _FIELDS:
        position = (
            header.position_of(named[name])
            if name in named
            else header.position_by_words((name, *_OTHER_NAMES.get(name, ())))
        )
        if position is not None and position not in taken:
            found[name] = position
    return found


def _address(named: Mapping[str, Any], detected: AddressColumns, header: _Header) -> AddressComposition:
    """Return how the address is made: as the mapping says, else as the names of the columns do."""
    address = detected.composition
    if "address" in named:
        wanted = named["address"]
        positions = [
            header.position_of(column) for column in ([wanted] if isinstance(wanted, str) else wanted)
        ]
        address = replace(AddressComposition.of_columns(positions), postcode=address.postcode)
    if "postcode" in named:
        address = replace(address, postcode=FirstFilled((header.position_of(named["postcode"]),)))
    return address
