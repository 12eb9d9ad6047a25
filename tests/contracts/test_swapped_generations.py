"""An index that is built anew while it is opened is opened as the one or the other, whichever two reads the swap comes
between.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.connection.cluster import Cluster, connect
from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.generations import Generations
from address_match.service.opening.found_index import find_index
from benchmarks.chaos.arena import make_arena
from benchmarks.chaos.swaps import swaps_between_reads
from tests.indexer.elastic.indices import BRIEF, build_in

Answered = TypeVar("Answered")
Taken = TypeVar("Taken")
_MORE_REQUESTS_THAN_AN_OPENING_TAKES = 40


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_folder_is_opened_as_one_generation(tmp_path: Path) -> None:
    arena = make_arena(tmp_path)
    assert swaps_between_reads(arena, 100).failures == []


class SwappingClient(RetryingClient):
    """Does something before a certain request."""

    def ask_for(
        self, request: Callable[[Elasticsearch], Answered], take: Callable[[Answered], Taken]
    ) -> Taken:
        if _Turn.left == 0:
            _Turn.swap()
        _Turn.left -= 1
        return super().ask_for(request, take)


class _Turn:
    """Shared by all clients that one opening makes."""

    left = -1

    @staticmethod
    def swap() -> None:
        """Be replaced by each try."""


@dataclass(frozen=True, slots=True)
class SwappedIndex(ElasticIndex):
    """An index whose alias names another generation before a certain request."""

    def connect(self) -> RetryingClient:
        client = connect(self.cluster, self.patience.request_seconds)
        return SwappingClient(client, self.cluster.place, self.patience)


def test_an_alias_is_opened_as_one_generation(cluster: Cluster, alias: str, tmp_path: Path) -> None:
    location = ElasticIndex(cluster, alias, BRIEF)
    texts = {
        build_in(location, tmp_path, [(uprn, f"{uprn} MILL LANE, OTLEY")]).generation.index: uprn
        for uprn in ("1", "2")
    }
    first, second = sorted(texts)
    with closing(location.connect()) as client:
        generations = Generations(client, alias)
        for request in range(_MORE_REQUESTS_THAN_AN_OPENING_TAKES):
            generations.put_in_force(first)
            _Turn.left, _Turn.swap = request, lambda: generations.put_in_force(second)  # type: ignore[method-assign]
            with closing(find_index(SwappedIndex(cluster, alias, BRIEF)).open()) as opened:
                generation = opened.manifest.generation
                held = [uprn for uprn in ("1", "2") if opened.lookup(uprn).num_rows]
            _Turn.left = -1
            assert held == [texts[generation]]
