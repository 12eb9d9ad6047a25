"""The files of a delivery of OS NGD Address, written to one Parquet file a type."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from address_match.indexer.errors import SourceError
from address_match.indexer.products.members import Member
from address_match.indexer.products.ngd.feature_types import (
    FEATURE_TYPES,
    ROYAL_MAIL_ADDRESS,
    FeatureType,
    column_names,
    feature_type,
)
from address_match.indexer.products.positions import POSITION, line_of, position
from address_match.indexer.sources.table_batch import RAGGED_ROW, RowError

_BLOCK_BYTES = 1 << 23
_NAMED_ADDRESSES = re.compile(
    r"add_[a-z]+_(?:(?:built|prebuild|historic|nonaddressable)address(?:_altadd)?|royalmailaddress)",
    re.IGNORECASE,
)
"""In the name of a file, as OS names those that hold addresses."""


@dataclass(frozen=True, slots=True)
class FeatureFile:
    """A file of features."""

    member: Member
    kind: FeatureType
    columns: tuple[str, ...]
    """Names of its header as the types have them."""


def feature_files(members: Sequence[Member]) -> list[FeatureFile]:
    """Return the files of a delivery that hold addresses.

    Raises SourceError where a file beside them is named as one and has not its columns: without it the delivery would
    be half.
    """
    found, others = [], []
    for member in members:
        header = next(csv.reader([member.first_line().decode("utf-8-sig", "replace").strip()]), [])
        columns = column_names(header)
        if (kind := feature_type(columns)) is not None:
            found.append(FeatureFile(member, kind, tuple(columns)))
        elif _NAMED_ADDRESSES.search(member.name):
            others.append((member, columns))
    if found and others:
        member, columns = others[0]
        raise SourceError(
            f"{member.name}, line 1: "
            + (
                "no header"
                if not any(columns)
                else "a header without the columns of the addresses that it is named after"
            )
            + "; is the file damaged?"
        )
    return found


def store_features(files: Sequence[FeatureFile], folder: Path, first_file: int = 0) -> list[RowError]:
    """Write the kept columns of all files to `NAME.parquet` a type in a new folder; return what was wrong with single
    rows.

    Positions count the files from `first_file`. Raises SourceError where a file breaks off.
    """
    errors: list[RowError] = []
    folder.mkdir()
    for kind in FEATURE_TYPES:
        schema = pa.schema([*((name, pa.string()) for name in kind.kept), (POSITION, pa.int64())])
        with pq.ParquetWriter(folder / f"{kind.name}.parquet", schema, compression="zstd") as writer:
            for number, file in enumerate(files, first_file):
                if file.kind is kind:
                    for table in _tables(file, number, errors):
                        writer.write_table(table.select(schema.names))
    return errors


def _tables(file: FeatureFile, number: int, errors: list[RowError]) -> Iterator[pa.Table]:
    skipped: list[pacsv.InvalidRow] = []

    def ragged(row: pacsv.InvalidRow) -> str:
        skipped.append(row)
        detail = f"{row.actual_columns} fields where the header has {row.expected_columns}"
        errors.append(RowError(row.number, RAGGED_ROW, detail, file.member.name))
        return "skip"

    line = 2
    with file.member.opened() as stream:
        try:
            reader = pacsv.open_csv(
                stream,
                read_options=pacsv.ReadOptions(
                    column_names=list(file.columns), skip_rows=1, block_size=_BLOCK_BYTES, use_threads=False
                ),
                parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=ragged),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(file.kind.kept, pa.string()),
                    include_columns=file.kind.kept,
                    include_missing_columns=True,
                    null_values=[""],
                    strings_can_be_null=True,
                ),
            )
            for batch in reader:
                first = position(number, line)
                places = pa.array(range(first, first + batch.num_rows), pa.int64())
                line += batch.num_rows
                table = pa.Table.from_batches([batch]).append_column(POSITION, places)
                yield _with_identifiers(table, file, errors)
            last = line - 1 + len(skipped)
            if skipped and skipped[-1].number == last and _is_short(skipped[-1]):
                raise SourceError(f"{file.member.name} breaks off within line {last:,}; fetch it anew")
        except pa.ArrowInvalid as error:
            # What Arrow says of a row may quote it.
            raise SourceError(
                f"{file.member.name} cannot be read as CSV in UTF-8 behind line {line:,}; is it whole?"
            ) from error


def _is_short(row: pacsv.InvalidRow) -> bool:
    return bool(row.actual_columns < row.expected_columns)


def _with_identifiers(table: pa.Table, file: FeatureFile, errors: list[RowError]) -> pa.Table:
    """Leave out the rows whose UPRN is none; the post alone may write an address without one."""
    uprn = table.column("uprn")
    usable = pc.fill_null(pc.match_substring_regex(uprn, "^[0-9]{1,12}$"), file.kind is ROYAL_MAIL_ADDRESS)
    if pc.all(usable).as_py():
        return table
    wrong = table.filter(pc.invert(usable))
    places, found = wrong.column(POSITION).to_pylist(), wrong.column("uprn").to_pylist()
    what = "no number in uprn: record left out"
    errors.extend(
        RowError(line_of(place), what, (value or "")[:40], file.member.name)
        for place, value in zip(places, found, strict=True)
    )
    return table.filter(usable)
