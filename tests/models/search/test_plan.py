import pytest

from address_match.models.errors import DeviceMemoryError
from address_match.models.search.plan import FEWEST_ROWS, SearchPlan, Workload, plan_search

WORK = Workload(rows=1_000_000, dimensions=256, vector_bytes=1, score_bytes=2, groups=120)
WIDEST = SearchPlan(queries=2_048, rows=524_288)
GIB = 1 << 30


def test_with_room_the_widest_plan_is_taken() -> None:
    assert plan_search(WORK, WIDEST, 100 * GIB, "cuda:0") == WIDEST


@pytest.mark.parametrize("free", [GIB, GIB // 4, GIB // 64])
def test_a_plan_fits_into_what_is_free(free: int) -> None:
    plan = plan_search(WORK, WIDEST, free, "cuda:0")
    assert WORK.bytes_of(plan) <= free
    assert plan != WIDEST


def test_rows_are_halved_before_queries() -> None:
    assert SearchPlan(8, 4 * FEWEST_ROWS).halved() == SearchPlan(8, 2 * FEWEST_ROWS)
    assert SearchPlan(8, FEWEST_ROWS).halved() == SearchPlan(4, FEWEST_ROWS)
    assert SearchPlan(1, FEWEST_ROWS).halved() is None


def test_a_device_too_small_for_the_smallest_block_is_refused_with_the_way_out() -> None:
    with pytest.raises(DeviceMemoryError, match=r"cuda:0 has 1 MiB to spare.*--device cpu"):
        plan_search(WORK, WIDEST, 1 << 20, "cuda:0")
