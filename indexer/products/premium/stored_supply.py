"""The records of the volumes of a supply in a folder."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.products.premium.record_store import RecordStore
from address_match.indexer.products.premium.record_tables import RecordTables
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.premium.volumes import refuse_broken_chain
from address_match.indexer.products.stored_supply import StoredSupply
from address_match.indexer.sources.table_batch import RowError


def store_supply(
    volumes: Sequence[Volume], folder: Path, first_file: int = 0
) -> tuple[StoredSupply, list[RowError]]:
    """Write the records of volumes to a folder, a file a type; return what they are, and what was wrong with single
    ones.

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
