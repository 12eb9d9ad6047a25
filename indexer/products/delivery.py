"""Which product a delivery is, by what its files hold."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.errors import SourceError
from address_match.indexer.products.joined_rows import Product
from address_match.indexer.products.members import members_of
from address_match.indexer.products.ngd.feature_files import feature_files
from address_match.indexer.products.ngd.ngd import Ngd
from address_match.indexer.products.premium.premium import Premium
from address_match.indexer.products.premium.volume import is_volume
from address_match.indexer.products.premium.volumes import volumes_of


def find_product(paths: Sequence[Path]) -> Product | None:
    """Return the product that files, folders and archives hold; None for a single file that is none.

    Raises SourceError for a folder, an archive or several files of no known product, and for a delivery that is not
    whole.
    """
    members = members_of(paths)
    if volumes := volumes_of(members):
        return Premium(volumes)
    if files := feature_files(members):
        return Ngd(files)
    if len(paths) == 1 and paths[0].is_file() and paths[0].suffix.lower() != ".zip":
        return None
    raise SourceError(
        f"{', '.join(map(str, paths[:3]))} holds no product that is known: AddressBase Premium with its volumes, or OS NGD Address. "
        "Name one file of rows, or unpack it"
    )


def product_in(path: Path) -> str:
    """Return which product a path holds, by the first lines of its files; empty where it holds none.

    Raises SourceError for a damaged archive.
    """
    members = members_of([path])
    if any(is_volume(member.first_line()) for member in members):
        return "premium"
    return "ngd" if feature_files(members) else ""
