"""The engines behind one face: what stands at an index, and how it is opened once the models are known."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from address_match.indexer.manifest import BundleIdentity, IndexManifest, check_files, read_manifest

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.indexer.ports import SearchOver
    from address_match.indexer.retrieval import Retriever
    from address_match.parser.gazetteer.gazetteer import Gazetteer


class FoundIndex(Protocol):
    """An index that was found and is not yet asked anything; raises the errors of `address_match.indexer.errors`."""

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
        from address_match.indexer.reference.gazetteer_file import open_index_gazetteer

        return open_index_gazetteer(self._path, self.manifest)

    def open(self, bundle: BundleIdentity) -> "Retriever":
        """Open it for the models of a bundle; raises IndexMismatchError when it was built with others."""
        from address_match.indexer.local.open_index import open_index

        return open_index(self._path, bundle=bundle, search_with=self._search_with)

    def close(self) -> None:
        """Nothing is held before it is opened."""


class FoundAlias:
    """An index in a cluster."""

    def __init__(self, index: "ElasticIndex") -> None:
        from address_match.indexer.elastic.open_elastic_index import open_elastic_index

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
    """Read what an index says of itself; raises the errors of `address_match.indexer.errors`."""
    if isinstance(index, Path):
        return read_manifest(index)
    from address_match.indexer.elastic.open_elastic_index import read_generation

    return read_generation(index).manifest
