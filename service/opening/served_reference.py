from dataclasses import dataclass
from pathlib import PurePath

from address_match.service.opening.found_index import FoundFolder, FoundIndex


@dataclass(frozen=True, slots=True)
class ServedReference:
    """The reference that answers, and the index that holds it; without the places of the server."""

    engine: str
    """local or elastic."""
    index: str
    """Name of the folder, or the alias."""
    reference: str
    """Name of the file that the index was built from."""
    built: str
    """ISO time, UTC."""
    premises: int
    texts: int

    @classmethod
    def of(cls, found: FoundIndex) -> "ServedReference":
        """Describe an index that was found."""
        manifest = found.manifest
        engine, index = (
            ("local", PurePath(found.place).name)
            if isinstance(found, FoundFolder)
            else ("elastic", found.index.alias)
        )
        return cls(
            engine=engine,
            index=index,
            reference=PurePath(manifest.reference).name,
            built=manifest.created,
            premises=manifest.premises,
            texts=manifest.texts,
        )
