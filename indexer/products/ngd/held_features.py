"""The features of OS NGD Address that an index keeps: those that it was built of, and beside them the last version of
each that changed since.
"""

from pathlib import Path

from address_match.indexer.products.kept_tables import (
    built_file,
    has_changed_much,
    view_kept,
    write_beside,
)
from address_match.indexer.products.ngd.feature_types import FEATURE_TYPES
from address_match.indexer.storage.joins import Joins, statements

_NAMES = tuple(kind.name for kind in FEATURE_TYPES)


def view_held_features(joins: Joins, folder: Path) -> None:
    """Make the view held_NAME of each type from the features in a folder; the joins have the macros of
    `change_types.sql`.
    """
    view_kept(joins, folder, _NAMES)
    joins.run(statements(__package__, "held_features.sql"))


def write_changed_features(joins: Joins, held: Path, folder: Path) -> None:
    """Write the features after changes to a folder, from those in the folder `held`.

    Where much of one type has changed, all are written anew: an alternate address goes with the version of its feature.
    The joins have what `view_held_features` and `changes.sql` make.
    """
    if any(has_changed_much(joins, name) for name in _NAMES):
        for name in _NAMES:
            joins.write(f"applied_{name}", built_file(folder, name))
        return
    for name in _NAMES:
        write_beside(joins, held, folder, name)
