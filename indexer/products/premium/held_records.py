"""The records of AddressBase Premium that an index keeps: those that it was built of, and beside them the last of each
that changed since.
"""

import shutil
from pathlib import Path

from address_match.indexer.joins import Joins
from address_match.indexer.products.premium.record_types import CHANGE_TYPE, RECORD_TYPES, RecordType

_MOST_CHANGED = 1 / 8
"""Share of the records of a type that may have changed until all of them are written anew."""


def view_held_records(joins: Joins, folder: Path) -> None:
    """Make the view held_NAME of each type from the records in a folder."""
    for kind in RECORD_TYPES:
        name, earlier = kind.name, _changed(folder, kind)
        joins.view(f"built_{name}", _built(folder, kind))
        if earlier.exists():
            joins.view(f"earlier_{name}", earlier)
        else:
            joins.run(f"create view earlier_{name} as from built_{name} limit 0")
        joins.run(f"create view held_{name} as {with_changes(f'built_{name}', f'earlier_{name}', kind)}")


def with_changes(records: str, last: str, kind: RecordType) -> str:
    """Write the query for records of a type in whose places those of `last` stand, but for those that are gone."""
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
        if joins.count(f"since_{name}") > _MOST_CHANGED * joins.count(f"built_{name}"):
            joins.write(f"after_{name}", _built(folder, kind))
        else:
            shutil.copyfile(_built(held, kind), _built(folder, kind))
            joins.write(f"since_{name}", _changed(folder, kind))


def _built(folder: Path, kind: RecordType) -> Path:
    return folder / f"{kind.name}.parquet"


def _changed(folder: Path, kind: RecordType) -> Path:
    return folder / f"{kind.name}_changed.parquet"
