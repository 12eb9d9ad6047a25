"""What is known of the records of a supply that an index keeps, as a later update finds it beside them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from address_match.indexer.errors import IndexUnusableError

_NOTE = "supply.json"


@dataclass(frozen=True, slots=True)
class StoredSupply:
    """What is known of the records beside them."""

    day: str
    """When the supply, or the last changes to it, were made: an ISO date, empty where nothing says so."""
    files: tuple[str, ...]
    """Names of the files, by the number that the positions of records hold."""
    size: int
    """Bytes of the files, unpacked."""


def write_note(folder: Path, supply: StoredSupply) -> None:
    """Write what is known of the records beside them."""
    (folder / _NOTE).write_text(json.dumps(asdict(supply)), encoding="utf-8")


def read_note(folder: Path) -> StoredSupply:
    """Read what is known of records; raises IndexUnusableError where it cannot be read."""
    try:
        content = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        return StoredSupply(content["day"], tuple(content["files"]), content["size"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusableError(f"The records in {folder} are damaged: {error}") from error


def supply_day(generation: Path) -> str:
    """Return the day of the supply that a generation was built of, or of the last changes to it; empty for rows."""
    records = generation / "records"
    return read_note(records).day if (records / _NOTE).exists() else ""
