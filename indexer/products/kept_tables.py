"""The tables that an index keeps for later updates, each as it was built and beside it what changed since.

So an update writes what changed, and copies the rest; where much has changed, a table is written anew.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from address_match.indexer.storage.joins import Joins

MOST_CHANGED = 1 / 8
"""Rows that may have changed, as a share of those that were built, until a table is written anew."""


def built_file(folder: Path, name: str) -> Path:
    """Return where a table lies as it was built."""
    return folder / f"{name}.parquet"


def changed_file(folder: Path, name: str) -> Path:
    """Return where the rows lie that changed since; there is no such file where none did."""
    return folder / f"{name}_changed.parquet"


def view_kept(joins: Joins, folder: Path, names: Iterable[str]) -> None:
    """Make the views built_NAME and earlier_NAME of the tables in a folder: as built, and what changed since."""
    for name in names:
        joins.view(f"built_{name}", built_file(folder, name))
        if (changed := changed_file(folder, name)).exists():
            joins.view(f"earlier_{name}", changed)
        else:
            joins.run(f"create view earlier_{name} as from built_{name} limit 0")


def has_changed_much(joins: Joins, name: str) -> bool:
    """Return whether a table is to be written anew, by the rows of since_NAME beside those of built_NAME."""
    return joins.count(f"since_{name}") > MOST_CHANGED * joins.count(f"built_{name}")


def write_beside(joins: Joins, held: Path, folder: Path, name: str) -> None:
    """Put a table of the folder `held` in another as it was built, and beside it what since_NAME says."""
    shutil.copyfile(built_file(held, name), built_file(folder, name))
    joins.write(f"since_{name}", changed_file(folder, name))
