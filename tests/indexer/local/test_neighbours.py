from pathlib import Path

import numpy as np
import pytest

from address_match.indexer.local.retriever import LocalRetriever
from address_match.indexer.retrieval import Query, QueryBatch, Quotas
from address_match.models.search.exact import ExactSearch
from tests.indexer.models import HashedTrigrams
from tests.indexer.references import build, built, opened, synthetic

ROWS = synthetic(22_000)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> LocalRetriever:
    """Large enough that neighbours are looked for in lists, not among all."""
    return built(tmp_path_factory.mktemp("large"), ROWS)


def nearest(index: LocalRetriever, texts: list[str], k: int) -> list[list[str]]:
    batch = QueryBatch([Query((), ()) for _ in texts], HashedTrigrams().encode(texts))
    answer = index.retrieve(batch, Quotas(0, 0, k))
    uprns = np.array(answer.texts.column("uprn").to_pylist(), dtype=object)
    return [sorted(uprns[answer.text[answer.query == q]]) for q in range(len(texts))]


def test_neighbours_in_lists_are_nearly_those_of_comparing_all(large: LocalRetriever) -> None:
    texts = [address.replace("E", "I", 1) for _, address in ROWS[::220]]
    found = nearest(large, texts, 10)
    assert np.mean([ROWS[i * 220][0] in uprns for i, uprns in enumerate(found)]) >= 0.98


@pytest.mark.parametrize("k", [1, 30])
def test_neighbours_in_lists_do_not_depend_on_the_batch(large: LocalRetriever, k: int) -> None:
    texts = [address for _, address in ROWS[::100]]
    assert nearest(large, texts, k) == [nearest(large, [text], k)[0] for text in texts]


def test_an_index_that_is_searched_exactly_proposes_what_comparing_all_does(tmp_path: Path) -> None:
    build(tmp_path, ROWS[:500])
    own = opened(tmp_path / "index")
    exact = opened(tmp_path / "index", ExactSearch)
    texts = [address.replace("E", "I", 1) for _, address in ROWS[:500:11]]
    assert nearest(exact, texts, 20) == nearest(own, texts, 20)
