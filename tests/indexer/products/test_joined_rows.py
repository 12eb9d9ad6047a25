"""Tests of products that are read as rows."""

import errno
from pathlib import Path

import pytest

from address_match.indexer.errors import BuildError
from address_match.indexer.products.joined_rows import JoinedRows, JoinedTexts
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken


class FillsTheDisk:
    """A product for whose joins there is no room."""

    name = "made up"
    columns_taken = ColumnsTaken()

    def join(self, folder: Path) -> JoinedTexts:
        """Find no room."""
        raise OSError(errno.ENOSPC, "No space left on device", str(folder))


def test_a_disk_that_is_full_is_no_damage_of_the_product() -> None:
    with pytest.raises(
        BuildError, match=r"No space left.*Free some disk there, or name another folder in TMPDIR"
    ):
        next(JoinedRows(FillsTheDisk()).batches(10))
