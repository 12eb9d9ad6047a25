"""The texts of a generation alone, to look at all of them."""

from pathlib import Path

import pyarrow as pa

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.local.stored.generation_files import check_files
from address_match.indexer.local.stored.texts import TextStore, holds_texts
from address_match.indexer.manifest import MANIFEST_NAME, read_manifest


def generation_at(path: Path) -> Path:
    """Return the folder of the generation in force of an index, or of a generation itself; raises IndexUnusableError
    where there is none.
    """
    if holds_texts(path) and not (path / MANIFEST_NAME).exists():
        return path
    manifest = read_manifest(path)
    check_files(path, manifest)
    return path / manifest.generation


def texts_at(path: Path) -> TextStore:
    """Open the texts of the generation in force of an index, or of a generation; raises IndexUnusableError where there
    are none.
    """
    folder = generation_at(path)
    try:
        return TextStore(folder)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise IndexUnusableError(f"The generation at {folder} is damaged: {error}") from error
