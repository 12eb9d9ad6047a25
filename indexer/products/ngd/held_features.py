"""The features of OS NGD Address that an index keeps: those that it was built of, and beside them the last version of
each that changed since.
"""

import shutil
from pathlib import Path

from address_match.indexer.joins import Joins, statements
from address_match.indexer.products.ngd.feature_types import FEATURE_TYPES, FeatureType

_MOST_CHANGED = 1 / 8
"""Share of the features of a type that may have changed until all features are written anew."""


def view_held_features(joins: Joins, folder: Path) -> None:
    """Make the view held_NAME of each type from the features in a folder; the joins have the macros of
    `change_types.sql`.
    """
    for kind in FEATURE_TYPES:
        joins.view(f"built_{kind.name}", _built(folder, kind))
        if _changed(folder, kind).exists():
            joins.view(f"earlier_{kind.name}", _changed(folder, kind))
        else:
            joins.run(f"create view earlier_{kind.name} as from built_{kind.name} limit 0")
    joins.run(statements(__package__, "held_features.sql"))


def write_changed_features(joins: Joins, held: Path, folder: Path) -> None:
    """Write the features after changes to a folder, from those in the folder `held`.

    The joins have what `view_held_features` and `changes.sql` make.
    """
    names = [kind.name for kind in FEATURE_TYPES]
    if any(joins.count(f"since_{name}") > _MOST_CHANGED * joins.count(f"built_{name}") for name in names):
        for kind in FEATURE_TYPES:
            joins.write(f"applied_{kind.name}", _built(folder, kind))
        return
    for kind in FEATURE_TYPES:
        shutil.copyfile(_built(held, kind), _built(folder, kind))
        joins.write(f"since_{kind.name}", _changed(folder, kind))


def _built(folder: Path, kind: FeatureType) -> Path:
    return folder / f"{kind.name}.parquet"


def _changed(folder: Path, kind: FeatureType) -> Path:
    return folder / f"{kind.name}_changed.parquet"
