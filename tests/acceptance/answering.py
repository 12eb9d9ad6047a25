"""A page's reference laid among its background, indexed, and the answers to its cases."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from address_match.service.build import build
from address_match.service.matching.answer import Answer
from address_match.service.wiring import open_pipeline
from tests.acceptance.page import Background, Page

HERE = Path(__file__).parent
_BACKGROUNDS = {Background.COUNTRY: HERE / "country.tsv", Background.TOWN: HERE / "town.tsv"}
LISTED = 10
"""Candidates of an answer; enough for the cases that name several premises."""


def decide_batch(page: Page, folder: Path) -> list[Answer]:
    """Answer the cases of a page by the full search, in their order, with an index built in an empty folder."""
    write_reference(page, folder / "reference.csv")
    build(folder / "reference.csv", folder / "index")
    with closing(open_pipeline(folder / "index")) as pipeline:
        return pipeline.match([case.query for case in page.cases], top=LISTED, thorough=True)


def write_reference(page: Page, path: Path) -> None:
    """Write the rows of a page and of its background; a field that neither names is left out."""
    rows: list[Mapping[str, str]] = [*page.reference, *_background(page.background)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _background(background: Background) -> Iterator[Mapping[str, str]]:
    if background in _BACKGROUNDS:
        with _BACKGROUNDS[background].open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t")
