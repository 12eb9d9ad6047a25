"""Where a reference contradicts itself about a premises."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from address_match.indexer.local.compared.conflicts import index_conflicts
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.reference.conflicts import CONFLICTS
from address_match.indexer.reference.reference_source import open_reference
from tests.indexer.models import MODELS
from tests.indexer.references import write_csv

HEADER = ("uprn", "address", "postcode", "text_kind", "status", "parent_uprn", "classification", "latitude")


def conflicts(folder: Path, *rows: dict[str, str]) -> list[tuple[str, ...]]:
    written = [tuple(row.get(name, "") for name in HEADER) for row in rows]
    reference = write_csv(folder / "reference.csv", written, HEADER)
    build_index(open_reference(reference), folder / "index", MODELS)
    with index_conflicts(folder / "index") as found:
        listed = [tuple(row.values()) for batch in found.batches() for row in batch.to_pylist()]
        assert sum(found.counts.values()) == len(listed)
        assert list(found.counts) == list(CONFLICTS)
    return listed


def texts(first: dict[str, str], second: dict[str, str]) -> Sequence[dict[str, str]]:
    return (
        {"uprn": "1", "address": "1 MILL LANE", **first},
        {"uprn": "1", "address": "THE MILL, MILL LANE", **second},
    )


@pytest.mark.parametrize(
    ("name", "one", "other", "found"),
    [
        ("classification", "RD02", "RD04", ("1", "classification", "RD02 | RD04")),
        ("status", "approved", "provisional", ("1", "status", "approved | provisional")),
        ("latitude", "51.5", "51.6", ("1", "coordinates", "51.5 | 51.6")),
        ("postcode", "YO17 7AA", "YO17 7AB", ("1", "postcode", "YO177AA | YO177AB")),
    ],
)
def test_texts_that_disagree_are_found(
    tmp_path: Path, name: str, one: str, other: str, found: tuple[str, ...]
) -> None:
    assert conflicts(tmp_path, *texts({name: one}, {name: other})) == [(*found, "")]


def test_an_empty_value_and_a_former_postcode_disagree_with_none(tmp_path: Path) -> None:
    former = {"postcode": "YO17 7AB", "text_kind": "historical"}
    assert conflicts(tmp_path, *texts({"status": "approved", "postcode": "YO17 7AA"}, former)) == []


def test_parents_that_are_not_held_or_come_back_are_found(tmp_path: Path) -> None:
    parents = {"1": "9", "2": "2", "3": "4", "4": "5", "5": "3", "6": "3", "7": "8", "8": ""}
    rows = [{"uprn": u, "address": f"{u} MILL LANE", "parent_uprn": parent} for u, parent in parents.items()]
    assert conflicts(tmp_path, *rows) == [
        ("1", "parent_not_held", "9", ""),
        ("2", "parent_circle", "2", ""),
        ("3", "parent_circle", "4", ""),
        ("4", "parent_circle", "5", ""),
        ("5", "parent_circle", "3", ""),
    ]
