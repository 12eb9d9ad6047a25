"""The index of the made-up reference that all examples of the documents ask."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "examples" / "reference.csv"
_SLIP = "/v1/addresses?input=12+tanfeild+rd,+shildon+DL45QA"
HTTP_ANSWERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("status", f"{_SLIP}&limit=1", ()),
    ("reading", f"{_SLIP}&explain=true", ("explanation",)),
    ("element", "/v1/addresses?input=15+Tanfield+Road,+Shildon", ("not_held",)),
    ("postcode", "/v1/postcodes/DL4%205QA?limit=2&fields=address", ()),
    ("suggestions", "/v1/suggest?q=tanf&limit=1", ()),
    ("errors", "/v1/parse?input=12+tanfield+road&nbesd=2", ()),
)
"""What the page about HTTP quotes: a key that names the answer, what is asked, and where in the answer that stands."""


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
