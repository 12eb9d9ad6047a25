"""AddressBase Premium: volumes of mixed records, joined to the texts of premises."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.products.joined_rows import JoinedTexts
from address_match.indexer.products.joins import opened_joins, statements
from address_match.indexer.products.premium.record_store import RecordStore
from address_match.indexer.products.premium.record_tables import RecordTables
from address_match.indexer.products.premium.record_types import RECORD_TYPES
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.premium.volumes import refuse_broken_chain
from address_match.indexer.products.text_joins import faults, join_texts
from address_match.indexer.sources.table_batch import RowError

_SPILLED_BYTES_A_BYTE = 2
"""Bound of what the joins spill, by the unpacked size of the volumes; the stored records take a sixth of it beside that."""
_LEAST_SPILLED = 1 << 30


class Premium:
    """A supply of AddressBase Premium, all of whose volumes are there."""

    name = "AddressBase Premium"

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self._volumes = volumes

    def join(self, folder: Path) -> JoinedTexts:
        """Read all volumes into a folder and join their records.

        Raises SourceError where a volume is damaged, and BuildError where the disk is full.
        """
        errors = self._store(folder)
        size = sum(volume.size for volume in self._volumes)
        texts = folder / "texts.parquet"
        with opened_joins(folder, max(_LEAST_SPILLED, _SPILLED_BYTES_A_BYTE * size)) as joins:
            for kind in RECORD_TYPES:
                joins.view(kind.name, folder / f"{kind.name}.parquet")
            joins.run("create view registered as select uprn, parent_uprn, position from blpu")
            join_texts(joins, statements(__package__, "gazetteer.sql"), texts)
            files = [volume.header.member.name for volume in self._volumes]
            errors.extend(faults(joins, statements(__package__, "faults.sql"), files))
        return JoinedTexts(texts, errors)

    def _store(self, folder: Path) -> list[RowError]:
        """Write the records to a folder, a file a type; return what was wrong with single ones."""
        errors: list[RowError] = []
        with RecordStore(folder) as store:
            for number, volume in enumerate(self._volumes):
                records = RecordTables(volume.header.member.name, number)
                for block in volume.blocks():
                    for kind, table in records.tables(block):
                        store.add(kind, table)
                errors.extend(records.errors)
        refuse_broken_chain(self._volumes)
        return errors
