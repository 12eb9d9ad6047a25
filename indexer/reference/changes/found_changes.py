"""What changes make of the records that an index keeps."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from address_match.indexer.errors import SourceError
from address_match.indexer.products.joined_rows import Product
from address_match.indexer.products.kept_tables import built_file
from address_match.indexer.products.members import members_of
from address_match.indexer.products.ngd.changed_ngd import ChangedNgd
from address_match.indexer.products.ngd.feature_files import feature_files
from address_match.indexer.products.ngd.feature_types import ADDRESS
from address_match.indexer.products.premium.changed_premium import ChangedPremium
from address_match.indexer.products.premium.volume import CHANGE_ONLY
from address_match.indexer.products.premium.volumes import volumes_of
from address_match.indexer.reference.changes.change_file import open_changes
from address_match.indexer.reference.changes.changed_rows import ChangedRows
from address_match.indexer.reference.kept_rows import ROWS


def find_changes(
    paths: Sequence[Path], held: Path, mapping: Path | Mapping[str, Any] | None = None
) -> Product:
    """Return what changes make of the records in the folder `held`, which says of which kind they have to be.

    Raises SourceError for what holds no such changes.
    """
    if built_file(held, ROWS).exists():
        if len(paths) > 1 or not paths[0].is_file():
            raise SourceError(f"{paths[0]}: the changes of an index of rows are one file of rows")
        return ChangedRows(held, open_changes(paths[0], mapping))
    if mapping is not None:
        raise SourceError("A mapping is of one file of rows; the changes of a product need none")
    members = members_of(paths)
    if built_file(held, ADDRESS.name).exists():
        if files := feature_files(members):
            return ChangedNgd(held, files)
        raise SourceError(f"{paths[0]} holds no file of changes of OS NGD Address")
    if volumes := volumes_of(members, CHANGE_ONLY):
        return ChangedPremium(held, volumes)
    raise SourceError(f"{paths[0]} holds no volume of changes of AddressBase Premium")
