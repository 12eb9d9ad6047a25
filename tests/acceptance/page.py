"""A page of acceptance cases as its author writes it: a Markdown file with a small reference and a table of cases."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
_ESCAPES = re.compile(r"\\(?:n|t|u[0-9a-fA-F]{4})")
_CASE_COLUMNS = ("query", "status", "uprn", "relation", "rule")


class PageError(ValueError):
    """A page that cannot be read; the message names the page and what is wrong in it."""


class Background(StrEnum):
    """The made-up premises among which those of a page stand."""

    COUNTRY = "country"
    """A few of each of twelve towns; what a page has that does not say otherwise."""
    TOWN = "town"
    """Premises of Shildon alone."""
    NONE = "none"


class Expected(StrEnum):
    """What the status of an answer may be."""

    MATCHED = "matched"
    REVIEW = "review"
    UNMATCHED = "unmatched"
    FOUND = "found"
    """Matched, or for review."""
    NOT_MATCHED = "not matched"
    """For review, or unmatched."""


@dataclass(frozen=True, slots=True)
class Case:
    """A query, and the answer that the rules of addresses give it."""

    query: str
    status: Expected
    uprns: tuple[str, ...]
    """Of the premises matched or offered; several are to be listed together as ambiguous or as parts; none is not
    looked at.
    """
    relation: str
    """Empty is not looked at."""
    rule: str
    """Why that is the right answer."""


@dataclass(frozen=True, slots=True)
class Page:
    """Cases that share a reference."""

    name: str
    background: Background
    reference: tuple[Mapping[str, str], ...]
    """Rows by the names of their columns."""
    cases: tuple[Case, ...]


def read_pages(folder: Path = PAGES) -> list[Page]:
    """Read every page of a folder, in the order of their names."""
    return [read_page(path) for path in sorted(folder.glob("*.md"))]


def read_page(path: Path) -> Page:
    """Read one page; raise PageError where it is not as the README says."""
    sections = _sections(path.read_text(encoding="utf-8"))
    for needed in ("Reference", "Cases"):
        if needed not in sections:
            raise PageError(f"{path.name} has no heading '## {needed}'")
    word = " ".join(sections.get("Background", ["a country"])).split()
    try:
        background = Background(word[-1])
    except (ValueError, IndexError) as error:
        raise PageError(f"{path.name}: the background is {word}, not one of {list(Background)}") from error
    rows = tuple(_table(sections["Cases"], path.name))
    if rows and tuple(rows[0]) != _CASE_COLUMNS:
        raise PageError(f"{path.name}: the cases have the columns {list(rows[0])}, not {_CASE_COLUMNS}")
    cases = tuple(_case(row, path.name) for row in rows)
    return Page(path.stem, background, tuple(_table(sections["Reference"], path.name)), cases)


def _sections(text: str) -> dict[str, list[str]]:
    """Split a page by its headings of the second level."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif line.strip():
            sections.setdefault(heading, []).append(line.strip())
    return sections


def _table(lines: list[str], name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a Markdown table by the names in its head."""
    table = [_cells(line) for line in lines if line.startswith("|")]
    for cells in table[2:]:
        if len(cells) != len(table[0]):
            raise PageError(f"{name}: {len(cells)} cells instead of {len(table[0])} in the row {cells}")
        yield dict(zip(table[0], cells, strict=True))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


def _case(row: Mapping[str, str], name: str) -> Case:
    try:
        status = Expected(row["status"])
    except ValueError as error:
        raise PageError(f"{name}: the status {row['status']!r} is not one of {list(Expected)}") from error
    query = _ESCAPES.sub(lambda found: found.group().encode().decode("unicode_escape"), row["query"])
    return Case(query, status, tuple(row["uprn"].split()), row["relation"], row["rule"])
