"""What the documents say of the tree is true."""

import re
from pathlib import Path

import pytest

from tests.docs.example_index import ROOT, page

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.name != "CHANGELOG.md"
)
PATH = re.compile(r"`((?:parser|indexer|models|service|benchmarks|tests|docs|docker)/[\w./-]*)`")
WRITTEN = {"benchmarks/cache/", "benchmarks/results/"}
"""Folders that a run makes."""


def there(path: Path) -> bool:
    """Whether a page may name this path: a file, a folder, or a program without its suffix."""
    return path.exists() or path.with_suffix(".py").exists()


@pytest.mark.parametrize("name", PAGES)
def test_every_path_that_a_page_names_is_there(name: str) -> None:
    named = {found for found in PATH.findall(page(name)) if found not in WRITTEN and "NAME" not in found}
    assert sorted(found for found in named if not there(ROOT / found)) == []


@pytest.mark.parametrize(("name", "most"), [("README.md", 120), ("ARCHITECTURE.md", 150)])
def test_what_is_read_first_stays_short(name: str, most: int) -> None:
    assert len(page(name).splitlines()) <= most
