"""Opening an index directory."""

from pathlib import Path

import pyarrow as pa

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.local.search.retriever import LocalRetriever
from address_match.indexer.local.stored.generation_files import check_files, verify_files
from address_match.indexer.manifest import IndexManifest, rebuild_command
from address_match.indexer.ports import SearchOver


def open_index(
    path: Path, manifest: IndexManifest, *, search_with: SearchOver | None = None, verified: bool = False
) -> LocalRetriever:
    """Open the generation at `path` that a manifest names, by memory map; whoever opens it checks its models and closes
    it.

    `search_with` makes another search over the vectors of the index, an exact one on a GPU for instance. Every file is
    read against its checksum before anything of it is used, unless that was `verified` already.

    Raises IndexUnusableError, which says how to build it anew, when a file is missing, truncated or damaged.
    """
    (check_files if verified else verify_files)(path, manifest)
    try:
        return LocalRetriever(path, manifest, search_with)
    except (OSError, ValueError, RuntimeError, pa.ArrowException) as error:
        message = f"The index at {path} is damaged: {error}. Build it anew: {rebuild_command(path)}"
        raise IndexUnusableError(message) from error
