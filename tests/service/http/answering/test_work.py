"""What one request may cost, and how clients and routes share what there is."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.service.http.answering.batching import COST_OF_A_TURN, DynamicBatcher
from address_match.service.http.answering.beside import NOTHING_BESIDE
from address_match.service.http.answering.fair_queue import FairQueue
from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.work_cost import CHUNK_COST, chunks_of, match_cost
from address_match.service.http.deployments.deployment import (
    ActiveDeployment,
    LeasedDeployment,
    ServedPipeline,
)
from address_match.service.http.errors import ClientGoneError, OverloadedError
from address_match.service.matching.answer import Answer
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline, running


def test_clients_and_routes_are_served_in_turn() -> None:
    queue: FairQueue[str] = FairQueue(100)
    for item in ("a1", "a2", "a3"):
        queue.put("match", "a", item, 1)
    queue.put("match", "b", "b1", 1)
    queue.put("parse", "a", "p1", 1)
    assert [queue.take() for _ in range(6)] == ["a1", "b1", "p1", "a2", "a3", None]


def test_one_client_leaves_room_for_another() -> None:
    queue: FairQueue[int] = FairQueue(8)
    for item in range(6):
        queue.put("match", "a", item, 1)
    with pytest.raises(OverloadedError):
        queue.put("match", "a", 6, 1)
    queue.put("match", "b", 7, 1)


def test_what_comes_fills_the_queue_before_it_is_in_it() -> None:
    queue: FairQueue[int] = FairQueue(8)
    queue.put("match", "a", 1, 1)
    assert not queue.is_full("b", 4)
    assert queue.is_full("b", 7)


def test_the_bound_is_on_work_and_not_on_requests() -> None:
    queue: FairQueue[int] = FairQueue(8)
    queue.put("parse", "a", 1, 9)
    assert queue.is_full("b")
    queue.take()
    assert not queue.is_full("b")


def test_a_parse_that_costs_too_much_is_refused_with_what_would_do() -> None:
    with running() as client:
        answer = client.get("/v1/parse", params={"input": "x" * 10_000, "nbest": 20})
        assert client.get("/v1/parse", params={"input": "x" * 10_000, "nbest": 15}).status_code == 200
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, "too-much-work")
    assert "ask for 15" in answer.json()["detail"]


def test_bulk_is_bounded_by_its_characters() -> None:
    with running(bulk_characters=100) as client:
        answer = client.post("/v1/bulk", json={"addresses": ["x" * 51, "y" * 50]})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (413, "too-many-addresses")
    assert "101 characters" in answer.json()["detail"]


@given(st.lists(st.integers(0, 10_000).map(lambda n: "x" * n), max_size=60))
def test_chunks_are_all_texts_in_order_and_none_costs_much_more_than_it_may(texts: list[str]) -> None:
    chunks = list(chunks_of(texts))
    assert [text for chunk in chunks for text in chunk] == texts
    assert all(sum(map(match_cost, chunk)) < CHUNK_COST + match_cost("x" * 10_000) for chunk in chunks)


class Counting(SmallPipeline):
    """Counts the texts that it is given."""

    matched = 0

    def match(self, texts, *, top=5, thorough=False):  # type: ignore[no-untyped-def]
        self.matched += len(texts)
        return super().match(texts, top=top, thorough=thorough)


def test_bulk_ends_with_its_client() -> None:
    pipeline = Counting()
    gone = iter([False, True])

    async def is_gone() -> bool:
        return next(gone)

    async def run() -> None:
        service = MatchingService(ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline)), ServerSettings())
        service.start()
        with pytest.raises(ClientGoneError):
            await service.bulk.match_all(list(repeat("1 mill lane", 1_000)), Question(1), is_gone)
        await service.stop()

    asyncio.run(run())
    assert 0 < pipeline.matched < 300


def test_chunks_that_nobody_reads_any_more_leave_their_place_to_others() -> None:
    pipeline = Counting()

    async def stays() -> bool:
        return False

    async def run() -> list[int]:
        service = MatchingService(ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline)), ServerSettings())
        service.start()
        chunks = service.bulk.match_chunks(list(repeat("1 mill lane", 1_000)), Question(1), stays)
        await anext(chunks)
        under_way = [service.bulk.under_way()]
        await chunks.aclose()
        under_way.append(service.bulk.under_way())
        await service.stop()
        return under_way

    assert asyncio.run(run()) == [1, 0]
    assert 0 < pipeline.matched < 300


def test_one_client_leaves_bulk_requests_to_others() -> None:
    turn = asyncio.Event()

    async def is_gone() -> bool:
        await turn.wait()
        return True

    async def run() -> list[str]:
        service = MatchingService(
            ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline())), ServerSettings(bulk_requests=4)
        )
        service.start()
        asked = [
            service.bulk.match_all(["x"], Question(1, client), is_gone) for client in ("a",) * 4 + ("b",) * 2
        ]
        running = [asyncio.create_task(one) for one in asked]
        await asyncio.sleep(0)
        turn.set()
        errors = await asyncio.gather(*running, return_exceptions=True)
        await service.stop()
        return [type(error).__name__ for error in errors]

    gone, full = "ClientGoneError", "OverloadedError"
    assert asyncio.run(run()) == [gone, gone, gone, full, gone, full]


class CountingTurns(ThreadPoolExecutor):
    """Counts what is handed to its thread."""

    turns = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        self.turns += 1
        return super().submit(fn, *args, **named)


def failing_at_one(at: int, _pipeline: ServedPipeline) -> int:
    if at == 1:
        raise ZeroDivisionError
    return at


async def done_together(costs: list[float], executor: ThreadPoolExecutor) -> list[Any]:
    """Have pieces of work done that all wait at once; the second one fails."""
    batcher = DynamicBatcher(executor, threads=1, waiting=256, batch_size=32)
    deployment = LeasedDeployment(DEPLOYMENT, SmallPipeline())
    pieces = [
        batcher.do(deployment, partial(failing_at_one, at), route=f"route {at}", cost=cost)
        for at, cost in enumerate(costs)
    ]
    waiting = [asyncio.ensure_future(piece) for piece in pieces]
    await asyncio.sleep(0)
    batcher.start()
    found = await asyncio.gather(*waiting, return_exceptions=True)
    await batcher.stop()
    return [type(one) if isinstance(one, Exception) else one for one in found]


def test_short_work_that_waits_is_done_in_one_turn_and_a_fault_is_of_one_alone() -> None:
    with CountingTurns(1) as executor:
        assert asyncio.run(done_together([0.4, 0.4, 0.4], executor)) == [0, ZeroDivisionError, 2]
        assert executor.turns == 1


def test_long_work_gets_turns_of_its_own() -> None:
    with CountingTurns(1) as executor:
        asyncio.run(done_together([COST_OF_A_TURN] * 3, executor))
        assert executor.turns == 3


class Listening(SmallPipeline):
    """Notes what it is asked together."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:
        self.asked.append(list(texts))
        return super().match(texts, top=top, thorough=thorough)


def test_addresses_are_matched_with_all_of_their_filter_and_day_in_whatever_order_they_come() -> None:
    pipeline = Listening()
    texts = ["1 mill lane", "nowhere", "2 mill lane", "7 no lane", "1 mill lane", "2 mill lane"]
    days = [None, date(2021, 3, 21)] * 3

    async def run(executor: ThreadPoolExecutor) -> list[str]:
        batcher = DynamicBatcher(executor, threads=1, waiting=256, batch_size=32)
        deployment = LeasedDeployment(DEPLOYMENT, pipeline)
        waiting = [
            asyncio.ensure_future(
                batcher.match(deployment, text, Question(1, as_at=day), beside=NOTHING_BESIDE)
            )
            for text, day in zip(texts, days, strict=True)
        ]
        await asyncio.sleep(0)
        batcher.start()
        found = await asyncio.gather(*waiting)
        await batcher.stop()
        return [answer.uprn for answer, _ in found]

    with ThreadPoolExecutor(1) as executor:
        assert asyncio.run(run(executor)) == ["100", "", "0200", "", "100", "0200"]
    assert pipeline.asked == [texts[::2], texts[1::2]]
