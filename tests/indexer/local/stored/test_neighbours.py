from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from address_match.indexer.local.search.retriever import LocalRetriever
from address_match.indexer.local.stored.neighbours import Lists, lists_for, read_lists, write_neighbours
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
    uprns = np.array(answer.texts.strings("uprn").rows(), dtype=object)
    return [sorted(uprns[answer.text[answer.query == q]]) for q in range(len(texts))]


def test_neighbours_in_lists_are_nearly_those_of_comparing_all(large: LocalRetriever) -> None:
    texts = [address.replace("E", "I", 1) for _, address in ROWS[::220]]
    found = nearest(large, texts, 10)
    assert np.mean([ROWS[i * 220][0] in uprns for i, uprns in enumerate(found)]) >= 0.98


@pytest.mark.parametrize("k", [1, 30])
def test_neighbours_in_lists_do_not_depend_on_the_batch(large: LocalRetriever, k: int) -> None:
    """Nor on how the centres of its lists are compared, which differs between few queries and many."""
    texts = [address for _, address in ROWS[::50]]
    assert nearest(large, texts, k) == [nearest(large, [text], k)[0] for text in texts]


def test_an_index_that_is_searched_exactly_proposes_what_comparing_all_does(tmp_path: Path) -> None:
    build(tmp_path, ROWS[:500])
    own = opened(tmp_path / "index")
    exact = opened(tmp_path / "index", ExactSearch)
    texts = [address.replace("E", "I", 1) for _, address in ROWS[:500:11]]
    assert nearest(exact, texts, 20) == nearest(own, texts, 20)


def some_vectors(texts: int, seed: int) -> tuple[NDArray[np.int8], NDArray[np.uint64]]:
    """Vectors of rounded numbers, one of them of zeros, and the hashes of their texts."""
    dice = np.random.default_rng(seed)
    vectors = np.clip(np.rint(dice.normal(scale=12, size=(texts, 64))), -127, 127).astype(np.int8)
    vectors[3] = 0
    return vectors, dice.integers(1, 1 << 62, texts).astype(np.uint64)


def test_lists_that_are_divided_after_a_change_are_those_of_dividing_anew(tmp_path: Path) -> None:
    vectors, codes = some_vectors(3000, 1)
    write_neighbours(tmp_path, vectors, codes)
    more, more_codes = some_vectors(300, 2)
    kept = np.flatnonzero(np.arange(3000) % 17)
    after, after_codes = np.concatenate([vectors[kept], more]), np.append(codes[kept], more_codes)
    held = read_lists(tmp_path, 3000)
    assert held is not None
    before = Lists(held.centres, np.append(held.of_each[kept], np.full(300, -1)))
    write_neighbours(tmp_path, after, after_codes, before)
    changed = (tmp_path / "neighbours.faiss").read_bytes()
    write_neighbours(tmp_path, after, after_codes)
    assert (tmp_path / "neighbours.faiss").read_bytes() == changed


def test_each_text_is_in_the_list_of_its_nearest_centre(tmp_path: Path) -> None:
    vectors, codes = some_vectors(2000, 3)
    write_neighbours(tmp_path, vectors, codes)
    lists = read_lists(tmp_path, 2000)
    assert lists is not None
    products = vectors.astype(np.int32) @ lists.centres.T.astype(np.int32)
    assert (products[np.arange(2000), lists.of_each] == products.max(axis=1)).all()
    assert lists.centres.any(axis=1).all()


def test_the_codes_of_texts_are_those_that_faiss_would_write(tmp_path: Path) -> None:
    """Where a mean of the centres is a whole number, a text can lie as near to two levels, and which of them faiss takes
    differs between processors; of these centres no mean is.
    """
    vectors, codes = some_vectors(2000, 5)
    write_neighbours(tmp_path, vectors, codes)
    lists = read_lists(tmp_path, 2000)
    assert lists is not None
    assert (lists.centres.mean(axis=0) % 1).all()
    index: Any = faiss.read_index(str(tmp_path / "neighbours.faiss"))
    index.nprobe = index.nlist
    asked = vectors[:50].astype(np.float32)
    _, own = index.search(asked, 10)
    index.reset()
    index.add(vectors.astype(np.float32))
    np.testing.assert_array_equal(own, index.search(asked, 10)[1])


def test_lists_with_learned_centres_are_not_divided_further(tmp_path: Path) -> None:
    vectors, codes = some_vectors(2000, 5)
    write_neighbours(tmp_path, vectors, codes)
    file = tmp_path / "neighbours.faiss"
    index: Any = faiss.read_index(str(file))
    centres = index.quantizer.reconstruct_n(0, index.nlist)
    index.quantizer.reset()
    index.quantizer.add(centres / 127)
    faiss.write_index(index, str(file))
    assert read_lists(tmp_path, 2000) is None


@pytest.mark.parametrize(
    ("texts", "lists"), [(20_001, 512), (1_000_000, 4096), (10_000_000, 4096), (80_000_000, 8192)]
)
def test_lists_are_four_times_the_root_until_they_are_many(texts: int, lists: int) -> None:
    assert lists_for(texts) == lists
