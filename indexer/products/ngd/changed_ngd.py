"""OS NGD Address, and the changes that lead from what an index keeps of it to a later day."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.errors import NothingUsableError, SourceError
from address_match.indexer.products.following_changes import (
    FORMER,
    LATTER,
    find_touched,
    joined_changes,
    refuse_earlier,
    refuse_unheld,
)
from address_match.indexer.products.joined_rows import JoinedTexts
from address_match.indexer.products.ngd.feature_files import FeatureFile, store_features
from address_match.indexer.products.ngd.feature_types import (
    ADDRESS,
    ALTERNATE_ADDRESS,
    FEATURE_TYPES,
    ROYAL_MAIL_ADDRESS,
)
from address_match.indexer.products.ngd.held_features import view_held_features, write_changed_features
from address_match.indexer.products.ngd.ngd import join_features, last_day, most_spilled, stored_bytes
from address_match.indexer.products.stored_supply import StoredSupply, read_note
from address_match.indexer.products.text_joins import faults
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import Joins, opened_joins, statements

_WITH_CHANGE_TYPE = (ADDRESS, ROYAL_MAIL_ADDRESS)


class ChangedNgd:
    """The features that an index keeps, and files of changes (COU) to them."""

    name = "OS NGD Address"
    columns_taken = ColumnsTaken()

    def __init__(self, held: Path, files: Sequence[FeatureFile]) -> None:
        """`held` is the folder of features that an index keeps."""
        self._held = held
        self._files = files

    def join(self, folder: Path) -> JoinedTexts:
        """Put the last version of each changed feature in place of the one that is held, and join those of the
        premises that they touch.

        Raises NothingUsableError where nothing changes, and SourceError where a file is damaged or lacking, says a kind
        of change that is not known, or does not follow on what is held.
        """
        before = read_note(self._held)
        records, changes = folder / "records", folder / "changes"
        errors = store_features(self._files, changes, len(before.files))
        for made in (records, folder / FORMER, folder / LATTER):
            made.mkdir()
        size = stored_bytes(self._held) + stored_bytes(changes)
        with opened_joins(folder, most_spilled(size)) as joins:
            joins.run(statements(__package__, "change_types.sql"))
            view_held_features(joins, self._held)
            for kind in FEATURE_TYPES:
                joins.view(f"changed_{kind.name}", changes / f"{kind.name}.parquet")
            joins.run(statements(__package__, "changes.sql"))
            supply = self._following(joins, before)
            for kind in FEATURE_TYPES:
                joins.run(f"create view {kind.name} as from applied_{kind.name}")
            what = "select position, 'change of a feature that is not held', identifier from unheld order by position"
            errors.extend(faults(joins, what, supply.files))
            find_touched(joins, statements(__package__, "changed_premises.sql"))
            premises = joins.column("touched", "uprn")
            _write_touched(joins, "held_", folder / FORMER)
            _write_touched(joins, "", folder / LATTER)
            write_changed_features(joins, self._held, records)
        return joined_changes(folder, records, supply, premises, errors, _join)

    def _following(self, joins: Joins, before: StoredSupply) -> StoredSupply:
        """Return what is known of the features after the changes, once these were found to follow on what is held."""
        names = tuple(file.member.name for file in self._files)
        changes = StoredSupply(last_day(joins, "changed_"), names, 0)
        if not any(joins.count(f"changed_{kind.name}") for kind in _WITH_CHANGE_TYPE):
            raise NothingUsableError(
                f"{names[0]} and what lies beside it change nothing; the index stays as it was"
            )
        self._refuse_lacking(joins)
        _refuse_unknown_changes(joins, names[0])
        if changes.day:
            refuse_earlier(before, changes)
        refuse_unheld(before, changes, joins.count("meant"), joins.count("unheld"))
        return StoredSupply(changes.day or before.day, (*before.files, *names), before.size)

    def _refuse_lacking(self, joins: Joins) -> None:
        """Refuse changes without the files of a type that is held: a delivery has them, if need be without a row."""
        given = {file.kind for file in self._files}
        for kind in (ALTERNATE_ADDRESS, ROYAL_MAIL_ADDRESS):
            if kind not in given and joins.count(f"held_{kind.name}"):
                raise SourceError(
                    f"The index holds features of the type {kind.name.replace('_', ' ')}, and the changes have no file of it; name the whole delivery"
                )


def _refuse_unknown_changes(joins: Joins, file: str) -> None:
    for kind in _WITH_CHANGE_TYPE:
        joins.run(
            f"create view unknown_{kind.name} as select coalesce(changetype, '') as changetype from changed_{kind.name} "  # noqa: S608
            "where not is_known(changetype)"
        )
        if unknown := joins.counts(f"unknown_{kind.name}", "changetype"):
            named = ", ".join(repr(name[:40]) for name in sorted(unknown)[:5])
            raise SourceError(
                f"{file} and what lies beside it have {sum(unknown.values()):,} changes of the type {named}, which is none of the code list "
                "changetypevalue; build the index anew of a full supply"
            )


def _write_touched(joins: Joins, prefix: str, folder: Path) -> None:
    """Write the features of the touched premises to a folder, of the views with a prefix."""
    for kind in FEATURE_TYPES:
        view = f"{prefix}{kind.name}"
        premises = "premises_of(uprn, udprn)" if kind is ROYAL_MAIL_ADDRESS else "uprn"
        joins.run(f"create view touched_{view} as from {view} where {premises} in (from touched)")
        joins.write(f"touched_{view}", folder / f"{kind.name}.parquet")


def _join(features: Path, supply: StoredSupply) -> list[RowError]:
    """Join features to texts, in a file beside their folder; return what is wrong with them."""
    with opened_joins(features.parent, most_spilled(stored_bytes(features))) as joins:
        for kind in FEATURE_TYPES:
            joins.view(kind.name, features / f"{kind.name}.parquet")
        joins.run(statements(__package__, "change_types.sql"))
        return join_features(joins, supply, features.with_suffix(".parquet"))
