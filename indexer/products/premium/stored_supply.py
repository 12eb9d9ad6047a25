"""The records of a supply in a folder: as they are read from its volumes, and as a later update finds them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.products.premium.record_store import RecordStore
from address_match.indexer.products.premium.record_tables import RecordTables
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.premium.volumes import refuse_broken_chain
from address_match.indexer.sources.table_batch import RowError

_NOTE = "supply.json"


@dataclass(frozen=True, slots=True)
class StoredSupply:
    """What is known of the records beside them."""

    day: str
    """When the supply, or the last changes to it, were made: an ISO date."""
    files: tuple[str, ...]
    """Names of the volumes, by the number that the positions of records hold."""
    size: int
    """Bytes of the volumes, unpacked."""


def store_supply(
    volumes: Sequence[Volume], folder: Path, first_file: int = 0
) -> tuple[StoredSupply, list[RowError]]:
    """Write the records of volumes to a folder, a file a type; return what they are, and what was wrong with single ones.

    Positions count the volumes from `first_file`. Raises SourceError where a volume is damaged.
    """
    errors: list[RowError] = []
    folder.mkdir()
    with RecordStore(folder) as store:
        for number, volume in enumerate(volumes, first_file):
            records = RecordTables(volume.header.member.name, number)
            for block in volume.blocks():
                for kind, table in records.tables(block):
                    store.add(kind, table)
            errors.extend(records.errors)
    refuse_broken_chain(volumes)
    supply = StoredSupply(
        day=max(volume.header.day for volume in volumes),
        files=tuple(volume.header.member.name for volume in volumes),
        size=sum(volume.size for volume in volumes),
    )
    return supply, errors


def write_note(folder: Path, supply: StoredSupply) -> None:
    """Write what is known of the records beside them."""
    (folder / _NOTE).write_text(json.dumps(asdict(supply)), encoding="utf-8")


def read_note(folder: Path) -> StoredSupply:
    """Read what is known of records; raises IndexUnusableError where it cannot be read."""
    try:
        content = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        return StoredSupply(content["day"], tuple(content["files"]), content["size"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusableError(f"The records in {folder} are damaged: {error}") from error
