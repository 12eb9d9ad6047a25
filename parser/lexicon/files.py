import hashlib
from collections.abc import Iterator
from importlib.resources import files


def rows_of(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated rows of a shipped list, without its comment lines."""
    text = files("address_match.parser.lexicon").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def lists_fingerprint() -> str:
    """Return a hash of all shipped lists, which changes with every fact in them."""
    digest = hashlib.sha256()
    for file in sorted(
        files("address_match.parser.lexicon").joinpath("data").iterdir(), key=lambda file: file.name
    ):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def words_of_cell(cell: str) -> list[str]:
    """Split a cell of comma-separated words; an empty cell has none."""
    return [word for word in cell.split(",") if word]
