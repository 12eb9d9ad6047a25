"""Where references contradict each other, whatever engine keeps them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from address_match.indexer.elastic.conflicts import elastic_conflicts
from address_match.indexer.elastic.elastic_index import ElasticIndex, read_generation
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.elastic.writing.build import build_elastic_index
from address_match.indexer.local.compared.conflicts import index_conflicts
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.reference.conflicts import IndexConflicts
from address_match.indexer.reference.joined_references import open_references
from address_match.indexer.reference.reference import Reference
from tests.indexer.elastic.indices import BRIEF
from tests.indexer.models import MODELS
from tests.indexer.references import write_csv

HEADER = ("uprn", "address", "postcode", "classification", "parent_uprn")
Found = AbstractContextManager[IndexConflicts]


def _embedded(_request: pytest.FixtureRequest, folder: Path, source: Reference) -> Found:
    build_index(source, folder / "index", MODELS)
    return index_conflicts(folder / "index")


def _elastic(request: pytest.FixtureRequest, _folder: Path, source: Reference) -> Found:
    cluster, alias = (request.getfixturevalue(name) for name in ("cluster", "alias"))
    index = ElasticIndex(cluster, alias, BRIEF)
    build_elastic_index(source, index, IndexLayout(), MODELS)
    return elastic_conflicts(index, read_generation(index))


ENGINES: dict[str, Callable[[pytest.FixtureRequest, Path, Reference], Found]] = {
    "local": _embedded,
    "elastic": _elastic,
}


@pytest.fixture(params=sorted(ENGINES))
def conflicts(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., list[tuple[str, ...]]]:
    """Builds an index of references, each the rows of a file, and lists its conflicts."""

    def listed(*references: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        names = ("one.csv", "two.csv")[: len(references)]
        paths = [
            write_csv(tmp_path / name, rows, HEADER) for name, rows in zip(names, references, strict=True)
        ]
        with ENGINES[request.param](request, tmp_path, open_references(paths)) as found:
            rows = [tuple(row.values()) for batch in found.batches() for row in batch.to_pylist()]
            assert sum(found.counts.values()) == len(rows)
        return rows

    return listed


def test_what_was_overruled_by_precedence_is_listed_with_both_references(
    conflicts: Callable[..., list[tuple[str, ...]]],
) -> None:
    one = [("1", "1 MILL LANE", "ZE1 4QT", "RD04", ""), ("2", "2 MILL LANE", "ZE1 4QT", "RD04", "")]
    two = [("1", "MILL CAFE, 1 MILL LANE", "ZE1 4QX", "CR07", ""), ("2", "2 MILL LA", "ZE1 4QT", "RD04", "")]
    assert conflicts(one, two) == [
        ("1", "classification", "RD04 | CR07", "one.csv | two.csv"),
        ("1", "postcode", "ZE1 4QT | ZE1 4QX", "one.csv | two.csv"),
    ]


def test_texts_that_disagree_and_parents_that_are_not_held_are_listed(
    conflicts: Callable[..., list[tuple[str, ...]]],
) -> None:
    rows = [
        ("1", "1 MILL LANE", "ZE1 4QT", "RD04", ""),
        ("1", "THE MILL, MILL LANE", "ZE1 4QX", "RD04", ""),
        ("2", "2 MILL LANE", "", "", "9"),
    ]
    assert conflicts(rows) == [("1", "postcode", "ZE14QT | ZE14QX", ""), ("2", "parent_not_held", "9", "")]


def test_a_reference_that_agrees_with_itself_has_none(
    conflicts: Callable[..., list[tuple[str, ...]]],
) -> None:
    assert conflicts([(str(n), f"{n} MILL LANE", "ZE1 4QT", "RD04", "") for n in range(5)]) == []
