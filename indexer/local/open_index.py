"""Opening an index directory."""

from pathlib import Path

import pyarrow as pa

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT
from address_match.indexer.local.retriever import LocalRetriever
from address_match.indexer.manifest import (
    BundleIdentity,
    check_files,
    check_models,
    read_manifest,
    rebuild_command,
)
from address_match.indexer.ports import SearchOver


def open_index(
    path: Path,
    *,
    bundle: BundleIdentity | None = None,
    search_with: SearchOver | None = None,
) -> LocalRetriever:
    """Open the generation in force at `path`, by memory map; `None` asks for no particular bundle.

    `search_with` makes another search over the vectors of the index, an exact one on a GPU for instance.

    Raises IndexUnusableError when there is none, half of one or one of another format, and IndexMismatchError when
    it was built with another encoder, parser or analysis; both say how to build it anew.
    """
    manifest = read_manifest(path)
    check_models(path, manifest, bundle or manifest.bundle, ANALYSIS_FINGERPRINT)
    check_files(path, manifest)
    try:
        return LocalRetriever(path / manifest.generation, manifest, search_with)
    except (OSError, ValueError, RuntimeError, pa.ArrowException) as error:
        message = f"The index at {path} is damaged: {error}. Build it anew: {rebuild_command(path)}"
        raise IndexUnusableError(message) from error
