"""The index of the made-up reference that all examples of the documents ask."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "examples" / "reference.csv"


def page(name: str) -> str:
    """Read a page of the documents, or of the repository's root."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language in a page, in order."""
    found: list[str] = []
    for part in text.split(f"\n```{language}\n")[1:]:
        found.append(part.partition("\n```")[0])
    return found


def rows(text: str, *columns: str) -> list[dict[str, str]]:
    """Return the rows of the one table of a page whose first columns are named so; the marks of code are taken off."""
    heading = "| " + " | ".join(columns) + " |"
    _, _, behind = text.partition(f"\n{heading}\n")
    table = behind.splitlines()[1:]
    body = table[: next((i for i, line in enumerate(table) if not line.startswith("|")), len(table))]
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in body]
    return [dict(zip(columns, row, strict=True)) for row in cells]
