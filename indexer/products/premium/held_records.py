"""The records of AddressBase Premium that an index keeps: those that it was built of, and beside them the last of each
that changed since.
"""

from pathlib import Path

from address_match.indexer.products.kept_tables import (
    built_file,
    has_changed_much,
    view_kept,
    write_beside,
)
from address_match.indexer.products.premium.record_types import CHANGE_TYPE, RECORD_TYPES, RecordType
from address_match.indexer.storage.joins import Joins


def view_held_records(joins: Joins, folder: Path) -> None:
    """Make the view held_NAME of each type from the records in a folder."""
    view_kept(joins, folder, (kind.name for kind in RECORD_TYPES))
    for kind in RECORD_TYPES:
        name = kind.name
        joins.run(f"create view held_{name} as {with_changes(f'built_{name}', f'earlier_{name}', kind)}")


def with_changes(records: str, last: str, kind: RecordType) -> str:
    """Write the query for records of a type in whose places those of `last` stand, except for those that are gone."""
    identity = ", ".join(kind.identity)
    return f"""
        select * from {records} anti join {last} using ({identity})
        union all by name select * from {last} where {CHANGE_TYPE} <> 'D'
    """  # noqa: S608 - the names are ours


def write_changed_records(joins: Joins, held: Path, folder: Path) -> None:
    """Write the records after changes to a folder, from those in the folder `held`.

    The joins have what `view_held_records` makes, and the table last_NAME of each type: of each record that changes the
    last.
    """
    for kind in RECORD_TYPES:
        name, identity = kind.name, ", ".join(kind.identity)
        joins.run(f"""
            create temp table since_{name} as
                select * from earlier_{name} anti join last_{name} using ({identity})
                union all by name from last_{name};
            create view after_{name} as {with_changes(f"built_{name}", f"since_{name}", kind)}
        """)  # noqa: S608 - the names are those of record types
        if has_changed_much(joins, name):
            joins.write(f"after_{name}", built_file(folder, name))
        else:
            write_beside(joins, held, folder, name)
