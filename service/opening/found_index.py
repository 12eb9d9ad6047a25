"""An index that was found: what it says of itself was read once, and everything opened of it is of that one generation."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.indexer.manifest import IndexManifest, read_manifest

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.indexer.elastic.stored.generations import Generation
    from address_match.indexer.ports import SearchOver
    from address_match.indexer.retrieval import IndexRetriever
    from address_match.parser.gazetteer.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """An index in a folder. It holds nothing open, and may travel to another process."""

    path: Path
    manifest: IndexManifest
    verified: bool = False
    """Whether its files have been read against their checksums."""

    @classmethod
    def at(cls, path: Path) -> "FoundFolder":
        """Read the manifest at a path; raises IndexUnusableError when there is none of this format."""
        return cls(path, read_manifest(path))

    @property
    def place(self) -> str:
        """Where it stands."""
        return str(self.path.resolve())

    def gazetteer(self) -> "Gazetteer | None":
        """Open the names of its reference alone; raises IndexUnusableError when its files are not complete."""
        from address_match.indexer.reference.gazetteer_file import open_index_gazetteer

        self.verify()
        return open_index_gazetteer(self.path, self.manifest)

    def verify(self) -> "FoundFolder":
        """Read its files against their checksums, once, and return it verified; raises IndexUnusableError for an
        altered one.
        """
        from address_match.indexer.local.stored.generation_files import check_files, verify_files

        (check_files if self.verified else verify_files)(self.path, self.manifest)
        return replace(self, verified=True)

    def open(self, search_with: "SearchOver | None" = None) -> "IndexRetriever":
        """Open it, with another search over its vectors where one is given; raises as `open_index` does."""
        from address_match.indexer.local.open_index import open_index

        return open_index(self.path, self.manifest, search_with=search_with, verified=self.verified)


@dataclass(frozen=True, slots=True)
class FoundAlias:
    """An index in a cluster. It holds nothing open, and may travel to another process."""

    index: "ElasticIndex"
    generation: "Generation"

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.index.place

    @property
    def manifest(self) -> IndexManifest:
        """What it says of itself."""
        return self.generation.manifest

    def verify(self) -> "FoundAlias":
        """Return it as it is: what it stores is verified each time that it is opened."""
        return self

    def open(self, _search_with: "SearchOver | None" = None) -> "IndexRetriever":
        """Open it; a cluster searches vectors by itself. Raises as `open_elastic_index` does."""
        from address_match.indexer.elastic.elastic_index import open_elastic_index

        return open_elastic_index(self.index, self.generation)


FoundIndex = FoundFolder | FoundAlias


def find_index(index: "Path | ElasticIndex | FoundIndex") -> FoundIndex:
    """Read what an index says of itself; one that was found stays as it is.

    Raises the errors of `address_match.indexer.errors`.
    """
    if isinstance(index, FoundFolder | FoundAlias):
        return index
    if isinstance(index, Path):
        return FoundFolder.at(index)
    from address_match.indexer.elastic.elastic_index import read_generation

    return FoundAlias(index, read_generation(index))
