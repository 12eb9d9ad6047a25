"""AddressBase Premium of an epoch whose changes to the one before are at hand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from address_match.indexer.errors import SourceError
from address_match.indexer.products.following_changes import (
    FORMER,
    LATTER,
    find_touched,
    joined_changes,
    refuse_earlier,
    refuse_unheld,
)
from address_match.indexer.products.joined_rows import JoinedTexts
from address_match.indexer.products.premium.held_records import (
    view_held_records,
    with_changes,
    write_changed_records,
)
from address_match.indexer.products.premium.premium import join_records, most_spilled
from address_match.indexer.products.premium.record_store import store_supply
from address_match.indexer.products.premium.record_types import (
    CHANGE_TYPE,
    RECORD_TYPES,
    STREET_DESCRIPTOR,
    RecordType,
)
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.stored_supply import StoredSupply, read_note
from address_match.indexer.products.text_joins import faults
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import Joins, opened_joins, statements

_LONGEST_EPOCH = 56
"""Days; epochs come every six weeks or so."""


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
        _refuse_gap(before, changes)
        supply = replace(changes, files=(*before.files, *changes.files), size=max(before.size, changes.size))
        for made in (records, folder / FORMER, folder / LATTER):
            made.mkdir()
        with opened_joins(folder, most_spilled(supply)) as joins:
            view_held_records(joins, self._held)
            for kind in RECORD_TYPES:
                joins.view(f"changed_{kind.name}", folder / "changes" / f"{kind.name}.parquet")
                joins.run(_found(kind))
            _refuse_other_epoch(joins, before, changes)
            for kind in RECORD_TYPES:
                errors.extend(_faults_of_changes(joins, kind, supply))
            find_touched(joins, statements(__package__, "changed_premises.sql"))
            premises = joins.column("touched", "uprn::varchar")
            _write_touched(joins, folder / FORMER, folder / LATTER)
            write_changed_records(joins, self._held, records)
        return joined_changes(folder, records, supply, premises, errors, _join)


def _found(kind: RecordType) -> str:
    """Write the tables of the records of a type that are held and changed, by what names them, and of the last change
    of each.

    And the views of what is updated or deleted, and of that among it which is not held. A deletion goes before all else
    of a record.
    """
    identity = ", ".join(kind.identity)
    return f"""
        create temp table former_{kind.name} as
            select {", ".join(dict.fromkeys((kind.key, *kind.identity)))}
            from held_{kind.name} semi join changed_{kind.name} using ({identity});
        create temp table last_{kind.name} as
            select distinct on ({identity}) * from changed_{kind.name}
            order by {identity}, {CHANGE_TYPE} = 'D', position desc;
        create view meant_{kind.name} as from changed_{kind.name} where {CHANGE_TYPE} <> 'I';
        create view unheld_{kind.name} as
            select * from meant_{kind.name} anti join former_{kind.name} using ({identity})
    """  # noqa: S608 - the names are those of record types


def _refuse_gap(before: StoredSupply, changes: StoredSupply) -> None:
    """Refuse changes of so late a day that those of an epoch between are missing."""
    days = (date.fromisoformat(changes.day) - date.fromisoformat(before.day)).days
    if days > _LONGEST_EPOCH:
        raise SourceError(
            f"{changes.files[0]} is of {changes.day}, {days} days after {before.day}, of which the index is, and epochs follow on each other in "
            "some six weeks: the changes of one between are missing. Apply those first, or build the index anew"
        )


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


def _write_touched(joins: Joins, former: Path, latter: Path) -> None:
    """Write the records of the touched premises and of their streets to two folders: as they were, and as they are."""
    streets = "(select usrn from touched_lpi union select usrn from last_lpi)"
    for kind in sorted(
        RECORD_TYPES, key=STREET_DESCRIPTOR.__eq__
    ):  # those of streets last, which the others name
        held, touched = f"held_{kind.name}", f"touched_{kind.name}"
        among = streets if kind is STREET_DESCRIPTOR else "(from touched)"
        joins.run(f"""
            create temp table {touched} as from {held} where {kind.key} in {among};
            create view latter_{kind.name} as {with_changes(touched, f"last_{kind.name}", kind)}
        """)
        joins.write(touched, former / f"{kind.name}.parquet")
        joins.write(f"latter_{kind.name}", latter / f"{kind.name}.parquet")


def _join(records: Path, supply: StoredSupply) -> list[RowError]:
    """Join records to texts, in a file beside their folder; return what is wrong with them."""
    with opened_joins(records.parent, most_spilled(supply)) as joins:
        for kind in RECORD_TYPES:
            joins.view(kind.name, records / f"{kind.name}.parquet")
        return join_records(joins, supply, records.with_suffix(".parquet"))
