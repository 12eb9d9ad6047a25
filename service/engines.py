"""The engines behind one face: what stands at an index, and how it is opened once the models are known."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from indexer.manifest import BundleIdentity, IndexManifest, check_files, read_manifest

if TYPE_CHECKING:
    from indexer.elastic.location import ElasticIndex
    from indexer.ports import SearchOver
    from indexer.retrieval import Retriever
    from parser.gazetteer.gazetteer import Gazetteer


class FoundIndex(Protocol):
    """An index that was found and is not yet asked anything; raises the errors of `indexer.errors`."""

    place: str
    """Where it stands."""
    manifest: IndexManifest

    def names(self) -> "Gazetteer | None":
        """Read the names of its reference."""
        ...

    def open(self, bundle: BundleIdentity) -> "Retriever":
        """Open it for the models of a bundle; raises IndexMismatchError when it was built with others."""
        ...

    def close(self) -> None:
        """Let go of what was found, unless it was opened."""
        ...


class FoundFolder:
    """An embedded index."""

    def __init__(self, path: Path, search_with: "SearchOver | None") -> None:
        self._path = path
        self._search_with = search_with
        self.place = str(path.resolve())
        self.manifest = read_manifest(path)
        check_files(path, self.manifest)

    def names(self) -> "Gazetteer | None":
        """Read the names of its reference."""
        from indexer.local.names import open_names

        return open_names(self._path, self.manifest)

    def open(self, bundle: BundleIdentity) -> "Retriever":
        """Open it for the models of a bundle; raises IndexMismatchError when it was built with others."""
        from indexer.local import open_index

        return open_index(self._path, bundle=bundle, search_with=self._search_with)

    def close(self) -> None:
        """Nothing is held before it is opened."""


class FoundAlias:
    """An index in a cluster."""

    def __init__(self, index: "ElasticIndex") -> None:
        from indexer.elastic.opening import open_elastic_index

        self.place = index.place
        self._retriever = open_elastic_index(index)
        self.manifest = self._retriever.manifest
        self._given_out = False

    def names(self) -> "Gazetteer | None":
        """Read the names of its reference."""
        return self._retriever.names()

    def open(self, bundle: BundleIdentity) -> "Retriever":
        """Open it for the models of a bundle; raises IndexMismatchError when it was built with others."""
        self._retriever.check_bundle(bundle)
        self._given_out = True
        return self._retriever

    def close(self) -> None:
        """Let go of the cluster, unless the index was opened."""
        if not self._given_out:
            self._retriever.close()


def manifest_of(index: "Path | ElasticIndex") -> IndexManifest:
    """Read what an index says of itself; raises the errors of `indexer.errors`."""
    if isinstance(index, Path):
        return read_manifest(index)
    from indexer.elastic.opening import read_generation

    return read_generation(index).manifest
