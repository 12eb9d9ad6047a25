"""A folder of facts: `day=2026-11-29/channel=bulk/part-WRITER-0001.parquet`, as DuckDB, Spark and Arrow read
partitions.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from address_match.service.errors import UsageError
from address_match.service.facts.fact import FACT_SCHEMA, SCHEMA_VERSION

_CHANNEL = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SHADOW = "shadow"
"""Folder within a store, a store by itself: facts of a candidate that answers beside."""
_DAY_PREFIX, _CHANNEL_PREFIX = "day=", "channel="


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """The facts of a channel, oldest first, and the files that could not be read."""

    table: pa.Table
    skipped: tuple[str, ...] = ()
    """What each is, relative to the store, and why."""


@dataclass(frozen=True, slots=True)
class FactStore:
    """Facts by day and channel; any number of writers may share it, since each names its own files."""

    folder: Path

    def part(self, day: date, channel: str, writer: str, number: int) -> Path:
        """Return where a part of a writer stands; its folder is made."""
        place = self.folder / f"{_DAY_PREFIX}{day.isoformat()}" / f"{_CHANNEL_PREFIX}{channel}"
        place.mkdir(parents=True, exist_ok=True)
        return place / f"part-{writer}-{number:04d}.parquet"

    def channels(self) -> list[str]:
        """Return the channels that have facts, by name."""
        found = self.folder.glob(f"{_DAY_PREFIX}*/{_CHANNEL_PREFIX}*")
        return sorted({path.name.removeprefix(_CHANNEL_PREFIX) for path in found})

    def days(self) -> list[tuple[date, Path]]:
        """Return the days that have facts, oldest first, and their folders."""
        return sorted(_dated(self.folder.glob(f"{_DAY_PREFIX}*")))

    def read(
        self,
        channel: str,
        columns: Sequence[str] | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
    ) -> ReadFacts:
        """Read the facts of a channel, of the days named; a file that is torn, or of another format, is skipped and
        said.
        """
        tables: list[pa.Table] = []
        skipped: list[str] = []
        for day, folder in self.days():
            if (since is not None and day < since) or (until is not None and day > until):
                continue
            for path in sorted((folder / f"{_CHANNEL_PREFIX}{channel}").glob("part-*.parquet")):
                found = _read(path, columns)
                if isinstance(found, str):
                    skipped.append(f"{path.relative_to(self.folder)}: {found}")
                else:
                    tables.append(found)
        schema = FACT_SCHEMA if columns is None else pa.schema([FACT_SCHEMA.field(name) for name in columns])
        table = pa.concat_tables(tables, promote_options="default") if tables else schema.empty_table()
        return ReadFacts(_in_order(table), tuple(skipped))

    def forget_before(self, today: date, days: int) -> list[date]:
        """Remove what is more than so many days old, and return those days; days to come are kept."""
        forgotten = [
            (day, folder) for day, folder in self.days() if day < today and today - day > timedelta(days)
        ]
        for _, folder in forgotten:
            shutil.rmtree(folder, ignore_errors=True)
        return [day for day, _ in forgotten]


def channel_name(text: str) -> str:
    """Return the name of a channel; raises UsageError for what is none."""
    if not _CHANNEL.fullmatch(text):
        raise UsageError(
            f"{text!r} is no name of a channel: give up to 64 small letters, digits, dots, dashes and underscores, "
            "the first a letter or digit"
        )
    return text


def _dated(folders: Iterator[Path]) -> Iterator[tuple[date, Path]]:
    for folder in folders:
        try:
            yield date.fromisoformat(folder.name.removeprefix(_DAY_PREFIX)), folder
        except ValueError:  # a folder of somebody else
            continue


def _read(path: Path, columns: Sequence[str] | None) -> pa.Table | str:
    """Read a part, or say why it cannot be read."""
    try:
        file = pq.ParquetFile(path)
        metadata = file.schema_arrow.metadata or {}
        if metadata.get(b"address_match_facts") != str(SCHEMA_VERSION).encode():
            return f"not of format {SCHEMA_VERSION}"
        return file.read(columns=None if columns is None else list(columns)).replace_schema_metadata(None)
    except (pa.ArrowException, OSError) as error:
        return str(error).partition("\n")[0]


def _in_order(table: pa.Table) -> pa.Table:
    """Return facts oldest first; those of a minute stay as they were written."""
    if "moment" not in table.column_names or not len(table):
        return table
    order = pc.sort_indices(table, [("moment", "ascending")])
    return table.take(order)
