"""OS NGD Address: a CSV file a feature type, joined to the texts of premises."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.errors import SourceError
from address_match.indexer.products.joined_rows import JoinedTexts
from address_match.indexer.products.ngd.feature_files import FeatureFile, store_features
from address_match.indexer.products.ngd.feature_types import FEATURE_TYPES
from address_match.indexer.products.stored_supply import StoredSupply, write_note
from address_match.indexer.products.text_joins import faults, join_texts
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import Joins, opened_joins, statements

_SPILLED_BYTES_A_BYTE = 8
"""Bound of what the joins spill, by the size of the stored features, which are packed to an eighth or so."""


class Ngd:
    """A delivery of OS NGD Address, of any of its feature types."""

    name = "OS NGD Address"
    columns_taken = ColumnsTaken()

    def __init__(self, files: Sequence[FeatureFile]) -> None:
        self._files = files

    def join(self, folder: Path) -> JoinedTexts:
        """Read all files into a folder and join their features.

        Raises SourceError where a file is damaged or holds changes, and BuildError where the disk is full.
        """
        records = folder / "records"
        errors = store_features(self._files, records)
        size = stored_bytes(records)
        with opened_joins(folder, most_spilled(size)) as joins:
            for kind in FEATURE_TYPES:
                joins.view(kind.name, records / f"{kind.name}.parquet")
            joins.run(statements(__package__, "change_types.sql"))
            self._refuse_changes(joins)
            supply = StoredSupply(last_day(joins, ""), tuple(file.member.name for file in self._files), size)
            errors.extend(join_features(joins, supply, folder / "texts.parquet"))
        write_note(records, supply)
        return JoinedTexts(folder / "texts.parquet", errors, records)

    def _refuse_changes(self, joins: Joins) -> None:
        joins.run("create view ended as select uprn from address where is_end(changetype)")
        if ended := joins.count("ended"):
            raise SourceError(
                f"{self._files[0].member.place} and what lies beside it say of {ended:,} premises that they are no longer of their feature "
                "type, as changes do alone; build an index of a full supply, and update it: address-match index update"
            )


def stored_bytes(folder: Path) -> int:
    """Return the size of stored features."""
    return sum(file.stat().st_size for file in folder.iterdir())


def most_spilled(size: int) -> int:
    """Return the bytes that the joins of stored features of a size may spill."""
    return _SPILLED_BYTES_A_BYTE * size


def last_day(joins: Joins, prefix: str) -> str:
    """Return the day on which the latest feature of the views with a prefix was published; empty where none says so."""
    [[[day]]] = joins.rows(
        f"select coalesce(max(published_on(versionavailablefromdate)), '') from {prefix}address",  # noqa: S608 - ours
        1,
    )
    return str(day)


def join_features(joins: Joins, supply: StoredSupply, texts: Path) -> list[RowError]:
    """Join features that have the names of their types to texts, and return what is wrong with them."""
    joins.run("create view registered as select uprn, parentuprn as parent_uprn, position from address")
    join_texts(joins, statements(__package__, "addresses.sql"), texts)
    return list(faults(joins, statements(__package__, "faults.sql"), supply.files))
