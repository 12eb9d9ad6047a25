import hashlib
from collections.abc import Iterator
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def rows_of(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated rows of a shipped list, without its comment lines."""
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def lists_fingerprint() -> str:
    """Return a hash of all shipped lists, which changes with every fact in them."""
    digest = hashlib.sha256()
    for file in sorted(_DATA.iterdir()):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def words_of_cell(cell: str) -> list[str]:
    """Split a cell of comma-separated words; an empty cell has none."""
    return [word for word in cell.split(",") if word]
