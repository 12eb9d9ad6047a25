"""AddressBase Premium: volumes of mixed records, joined to the texts of premises."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.products.joined_rows import JoinedTexts
from address_match.indexer.products.premium.record_store import store_supply
from address_match.indexer.products.premium.record_types import RECORD_TYPES
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.stored_supply import StoredSupply, write_note
from address_match.indexer.products.text_joins import faults, join_texts
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import Joins, opened_joins, statements

_SPILLED_BYTES_A_BYTE = 2
"""Bound of what the joins spill, by the unpacked size of the volumes; the stored records take a sixth of it beside
that.
"""


class Premium:
    """A supply of AddressBase Premium, all of whose volumes are there."""

    name = "AddressBase Premium"
    columns_taken = ColumnsTaken()

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self._volumes = volumes

    def join(self, folder: Path) -> JoinedTexts:
        """Read all volumes into a folder and join their records.

        Raises SourceError where a volume is damaged, and BuildError where the disk is full.
        """
        records = folder / "records"
        supply, errors = store_supply(self._volumes, records)
        with opened_joins(folder, most_spilled(supply)) as joins:
            for kind in RECORD_TYPES:
                joins.view(kind.name, records / f"{kind.name}.parquet")
            errors.extend(join_records(joins, supply, folder / "texts.parquet"))
        write_note(records, supply)
        return JoinedTexts(folder / "texts.parquet", errors, records)


def most_spilled(supply: StoredSupply) -> int:
    """Return the bytes that the joins of a supply may spill."""
    return _SPILLED_BYTES_A_BYTE * supply.size


def join_records(joins: Joins, supply: StoredSupply, texts: Path) -> list[RowError]:
    """Join records that have the names of their types to texts, and return what is wrong with them."""
    joins.run("create view registered as select uprn, parent_uprn, position from blpu")
    join_texts(joins, statements(__package__, "gazetteer.sql"), texts)
    return list(faults(joins, statements(__package__, "faults.sql"), supply.files))
