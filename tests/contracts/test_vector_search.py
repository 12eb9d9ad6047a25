from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from address_match.indexer.local.stored.vectors import COMPARED_ONE_BY_ONE
from address_match.indexer.ports import VectorSearch
from address_match.indexer.search.quantisation import quantise
from tests.contracts.searches import SEARCHES
from tests.indexer.models import HashedTrigrams
from tests.indexer.references import synthetic

ADDRESSES = [address for _, address in synthetic(COMPARED_ONE_BY_ONE + 2_000)]
FEW, MANY = 1_500, len(ADDRESSES)
"""So few texts are compared one by one by every implementation; for so many faiss looks into some of its lists only."""
VECTORS = quantise(HashedTrigrams().encode(ADDRESSES))
QUERIES = HashedTrigrams().encode([address.replace("E", "I", 1) for address in ADDRESSES[:FEW:15]])


@pytest.fixture(scope="module", params=sorted(SEARCHES))
def few(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> VectorSearch:
    return SEARCHES[request.param].make(VECTORS[:FEW], tmp_path_factory.mktemp("few"))


def products(queries: NDArray[np.float32], vectors: NDArray[np.int8]) -> NDArray[np.int32]:
    return quantise(queries).astype(np.int32) @ vectors.astype(np.int32).T


@pytest.mark.parametrize("name", sorted(SEARCHES))
def test_the_neighbours_are_those_of_comparing_all(name: str, tmp_path: Path) -> None:
    search, truth = SEARCHES[name].make(VECTORS, tmp_path), products(QUERIES, VECTORS)
    cosines, rows = search.search(QUERIES, 10)
    least = np.sort(truth, axis=1)[:, -10]
    right = np.take_along_axis(truth, rows, axis=1) >= least[:, None]
    assert right.mean() >= SEARCHES[name].recall
    assert np.allclose(cosines * 127 * 127, np.take_along_axis(truth, rows, axis=1), atol=0.01)


@pytest.mark.parametrize("k", [1, 10, 700])
def test_few_texts_are_ordered_by_cosine_then_by_row(few: VectorSearch, k: int) -> None:
    truth = products(QUERIES, VECTORS[:FEW])
    _, rows = few.search(QUERIES, k)
    by_row = np.arange(FEW)
    expected = [np.lexsort((by_row, -scores))[:k].tolist() for scores in truth]
    assert rows.tolist() == expected


def test_of_equal_texts_the_first_come_first(tmp_path: Path) -> None:
    same = np.repeat(VECTORS[:1], 400, axis=0)
    for name, kind in SEARCHES.items():
        folder = tmp_path / name
        folder.mkdir()
        _, rows = kind.make(same, folder).search(QUERIES[:2], 5)
        assert rows.tolist() == [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]], name


def test_an_answer_does_not_depend_on_the_other_queries(few: VectorSearch) -> None:
    cosines, rows = few.search(QUERIES, 12)
    for position in range(0, len(QUERIES), 9):
        alone_cosines, alone_rows = few.search(QUERIES[position : position + 1], 12)
        assert alone_rows[0].tolist() == rows[position].tolist()
        assert alone_cosines[0].tolist() == cosines[position].tolist()


def test_a_text_without_features_has_no_neighbours(few: VectorSearch) -> None:
    queries = np.stack([np.zeros_like(QUERIES[0]), QUERIES[0]])
    cosines, rows = few.search(queries, 3)
    assert rows[0].tolist() == [-1, -1, -1]
    assert cosines[0].tolist() == [-1, -1, -1]
    assert rows[1].min() >= 0


def test_where_fewer_are_held_the_rest_is_marked(tmp_path: Path) -> None:
    for name, kind in SEARCHES.items():
        folder = tmp_path / name
        folder.mkdir()
        cosines, rows = kind.make(VECTORS[:2], folder).search(QUERIES[:1], 4)
        assert sorted(rows[0, :2].tolist()) == [0, 1], name
        assert rows[0, 2:].tolist() == [-1, -1], name
        assert cosines[0, 2:].tolist() == [-1, -1], name


def test_no_query_has_no_answer(few: VectorSearch) -> None:
    cosines, rows = few.search(np.empty((0, 256), np.float32), 3)
    assert cosines.shape == rows.shape == (0, 3)
