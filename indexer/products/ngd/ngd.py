"""OS NGD Address: a CSV file a feature type, joined to the texts of premises."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.products.joined_rows import JoinedTexts
from address_match.indexer.products.joins import opened_joins, statements
from address_match.indexer.products.ngd.feature_files import FeatureFile, store_features
from address_match.indexer.products.ngd.feature_types import FEATURE_TYPES
from address_match.indexer.products.text_joins import faults, join_texts
from address_match.indexer.sources.columns_taken import ColumnsTaken

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

        Raises SourceError where a file is damaged, and BuildError where the disk is full.
        """
        errors = store_features(self._files, folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
        texts = folder / "texts.parquet"
        with opened_joins(folder, _SPILLED_BYTES_A_BYTE * size) as joins:
            for kind in FEATURE_TYPES:
                joins.view(kind.name, folder / f"{kind.name}.parquet")
            joins.run(
                "create view registered as select uprn, parentuprn as parent_uprn, position from address"
            )
            join_texts(joins, statements(__package__, "addresses.sql"), texts)
            names = [file.member.name for file in self._files]
            errors.extend(faults(joins, statements(__package__, "faults.sql"), names))
        return JoinedTexts(texts, errors)
