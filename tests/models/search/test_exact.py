import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from address_match.models.errors import DeviceMemoryError
from address_match.models.search.exact import ExactSearch

RNG = np.random.default_rng(1)
VECTORS = RNG.integers(-30, 31, (40_000, 32)).astype(np.int8)
QUERIES = RNG.standard_normal((600, 32), dtype=np.float32) / np.float32(6)
AMPLE = 1 << 36


@contextmanager
def address_space_left(bytes_left: int) -> Iterator[None]:
    """Let this process grow by so many bytes and no further."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + bytes_left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def test_vectors_as_they_are_are_not_rounded() -> None:
    vectors = RNG.standard_normal((500, 16), dtype=np.float32)
    queries = RNG.standard_normal((20, 16), dtype=np.float32)
    cosines, rows = ExactSearch(vectors).search(queries, 3)
    truth = queries @ vectors.T
    assert rows.tolist() == np.argsort(-truth, axis=1)[:, :3].tolist()
    assert np.allclose(cosines, np.sort(truth, axis=1)[:, :-4:-1], atol=1e-5)


def test_small_blocks_give_the_same_answers_as_large_ones() -> None:
    large = ExactSearch(VECTORS, spare=AMPLE).search(QUERIES, 20)
    small = ExactSearch(VECTORS, spare=4 << 20).search(QUERIES, 20)
    assert np.array_equal(large[0], small[0])
    assert np.array_equal(large[1], small[1])


def test_too_little_memory_is_refused_before_the_search() -> None:
    with pytest.raises(DeviceMemoryError, match="cpu has 0 MiB to spare"):
        ExactSearch(VECTORS, spare=1_000).search(QUERIES, 20)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the limit needs what Linux tells")
def test_memory_that_runs_out_on_the_way_halves_the_blocks(caplog: pytest.LogCaptureFixture) -> None:
    marked = np.zeros((32_768, 4_096), np.int8)
    marked[np.arange(5) * 5_000, np.arange(5)] = 127
    queries = np.eye(5, 4_096, dtype=np.float32)
    with address_space_left(300 << 20):  # a block of single precision alone takes 512
        _, found = ExactSearch(marked, spare=AMPLE).search(queries, 1)
    assert "cpu ran out of memory: going on with 256 queries and 16384 rows at once" in caplog.messages
    assert found[:, 0].tolist() == [0, 5_000, 10_000, 15_000, 20_000]


def test_a_file_of_vectors_is_searched_where_it_lies(tmp_path: Path) -> None:
    np.save(tmp_path / "vectors.npy", VECTORS)
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    assert np.array_equal(
        ExactSearch(mapped).search(QUERIES, 5)[1], ExactSearch(VECTORS).search(QUERIES, 5)[1]
    )
