import gc
import weakref
from collections.abc import Iterator

import pytest

from address_match.cycle_search import search_behind_batches, search_once


class Node:
    """May point to itself."""

    me: "Node | None" = None


@pytest.fixture(autouse=True)
def _searched_as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_stays_is_left_out_of_later_searches() -> None:
    search_once()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 10_000


def test_a_cycle_that_was_left_out_while_it_was_used_is_found_by_the_next_call() -> None:
    node = Node()
    node.me = node
    watched = weakref.ref(node)
    search_once()
    del node
    gc.collect()
    assert watched() is not None
    search_once()
    assert watched() is None


def test_behind_each_batch_the_cycles_of_it_are_found_and_within_it_none_is_looked_for() -> None:
    with search_behind_batches() as search:
        assert not gc.isenabled()
        for _ in range(2):
            node = Node()
            node.me = node
            watched = weakref.ref(node)
            del node
            assert watched() is not None
            search()
            assert watched() is None
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
