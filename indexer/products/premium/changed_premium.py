"""AddressBase Premium of an epoch whose changes to the one before are at hand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from address_match.indexer.products.following_changes import refuse_earlier, refuse_unheld
from address_match.indexer.products.joined_rows import JoinedTexts, ReplacedTexts
from address_match.indexer.products.joins import Joins, opened_joins, statements
from address_match.indexer.products.premium.premium import join_records, most_spilled
from address_match.indexer.products.premium.record_types import (
    CHANGE_TYPE,
    RECORD_TYPES,
    STREET_DESCRIPTOR,
    RecordType,
)
from address_match.indexer.products.premium.stored_supply import store_supply
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.stored_supply import StoredSupply, read_note, write_note
from address_match.indexer.products.text_joins import faults
from address_match.indexer.sources.columns_taken import ColumnsTaken
from address_match.indexer.sources.table_batch import RowError


class ChangedPremium:
    """The records of an epoch, and the volumes of changes that lead to the next one."""

    name = "AddressBase Premium"
    columns_taken = ColumnsTaken()

    def __init__(self, held: Path, volumes: Sequence[Volume]) -> None:
        """`held` is the folder of records that an index keeps."""
        self._held = held
        self._volumes = volumes

    def join(self, folder: Path) -> JoinedTexts:
        """Apply the changes in a folder, deletions first, and join the records of the premises that they touch.

        Raises SourceError where a volume is damaged or the changes do not follow on what is held.
        """
        before = read_note(self._held)
        records = folder / "records"
        changes, errors = store_supply(self._volumes, folder / "changes", len(before.files))
        refuse_earlier(before, changes)
        supply = replace(changes, files=(*before.files, *changes.files), size=max(before.size, changes.size))
        for made in (records, folder / "former", folder / "latter"):
            made.mkdir()
        with opened_joins(folder, most_spilled(supply)) as joins:
            for kind in RECORD_TYPES:
                joins.view(f"held_{kind.name}", self._held / f"{kind.name}.parquet")
                joins.view(f"changed_{kind.name}", folder / "changes" / f"{kind.name}.parquet")
                joins.run(_found(kind))
            _refuse_other_epoch(joins, before, changes)
            for kind in RECORD_TYPES:
                joins.run(_applied(kind))
                joins.write(f"applied_{kind.name}", records / f"{kind.name}.parquet")
                joins.view(kind.name, records / f"{kind.name}.parquet")
                errors.extend(_faults_of_changes(joins, kind, supply))
            joins.run(statements(__package__, "touched.sql"))
            premises = joins.column("touched", "uprn::varchar")
            _write_touched(joins, "held_", folder / "former")
            _write_touched(joins, "", folder / "latter")
        write_note(records, supply)
        _join(folder / "former", supply)
        errors.extend(_join(folder / "latter", supply))
        former = pq.read_table(folder / "former.parquet")
        return JoinedTexts(folder / "latter.parquet", errors, records, ReplacedTexts(premises, former))


def _found(kind: RecordType) -> str:
    """Write the table of the records of a type that are held and changed, and the views of what is updated or deleted and not held."""
    identity = ", ".join(kind.identity)
    return f"""
        create temp table former_{kind.name} as
            select * from held_{kind.name} semi join changed_{kind.name} using ({identity});
        create view meant_{kind.name} as from changed_{kind.name} where {CHANGE_TYPE} <> 'I';
        create view unheld_{kind.name} as
            select * from meant_{kind.name} anti join former_{kind.name} using ({identity})
    """  # noqa: S608 - the names are those of record types


def _applied(kind: RecordType) -> str:
    """Write the view of the records of a type after the changes: each as it was written last, those that are gone left out."""
    identity = ", ".join(kind.identity)
    return f"""
        create view applied_{kind.name} as
            select * from held_{kind.name} anti join changed_{kind.name} using ({identity})
            union all by name (
                select distinct on ({identity}) * from changed_{kind.name}
                where {CHANGE_TYPE} <> 'D' order by {identity}, position desc
            )
    """  # noqa: S608 - the names are those of record types


def _refuse_other_epoch(joins: Joins, before: StoredSupply, changes: StoredSupply) -> None:
    """Refuse changes of which many update or delete what is not held."""
    said, unheld = 0, 0
    for kind in RECORD_TYPES:
        said += joins.count(f"meant_{kind.name}")
        unheld += joins.count(f"unheld_{kind.name}")
    refuse_unheld(before, changes, said, unheld)


def _faults_of_changes(joins: Joins, kind: RecordType, supply: StoredSupply) -> Iterator[RowError]:
    """Yield the changes to records that are not held, and the new records that are held already."""
    identity = ", ".join(kind.identity)
    query = f"""
        select position, 'change of a record that is not held', {kind.identity[0]} from unheld_{kind.name}
        union all
        select position, 'new record that is held already', {kind.identity[0]}
        from changed_{kind.name} semi join former_{kind.name} using ({identity}) where {CHANGE_TYPE} = 'I'
        order by position
    """  # noqa: S608 - the names are those of record types
    return faults(joins, query, supply.files)


def _write_touched(joins: Joins, prefix: str, folder: Path) -> None:
    """Write the records of the touched premises and of their streets to a folder, of the views with a prefix."""
    streets = f"(select usrn from {prefix}lpi semi join touched using (uprn))"  # noqa: S608 - names of record types
    for kind in RECORD_TYPES:
        view, touched = f"{prefix}{kind.name}", streets if kind is STREET_DESCRIPTOR else "(from touched)"
        joins.run(f"create view touched_{view} as from {view} where {kind.key} in {touched}")
        joins.write(f"touched_{view}", folder / f"{kind.name}.parquet")


def _join(records: Path, supply: StoredSupply) -> list[RowError]:
    """Join records to texts, in a file beside their folder; return what is wrong with them."""
    with opened_joins(records.parent, most_spilled(supply)) as joins:
        for kind in RECORD_TYPES:
            joins.view(kind.name, records / f"{kind.name}.parquet")
        return join_records(joins, supply, records.with_suffix(".parquet"))
