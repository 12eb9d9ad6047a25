"""Single addresses that come at the same time are matched together: eight in one batch cost what two and a half alone do."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from address_match.service.facts.sink import NO_FACTS, FactSink
from address_match.service.fault_isolation import answers_or_faults
from address_match.service.http.answering.beside import NOTHING_BESIDE, Beside, found_beside
from address_match.service.http.answering.fair_queue import FairQueue
from address_match.service.http.answering.question import Question
from address_match.service.http.deployments.deployment import LeasedDeployment, ServedPipeline
from address_match.service.http.watching.traces import NO_TRACES, Place, Traces
from address_match.service.matching.answer import Answer

Result = TypeVar("Result")

BATCH_WAIT_SECONDS = 0.003
"""How long a batch is held for as many addresses as came last time: about what one address costs."""
COST_OF_A_TURN = 12.8
"""Of other work that is done in one turn, unless a single piece of it costs more: 32 lists, some ten milliseconds. To hand each to a thread
and back by itself takes as long as to do it.
"""

DELIVERED_AT_ONCE = 4
"""Answers that are written before the event loop looks at what has come: some two milliseconds, where a whole batch takes twenty."""

MATCH = "match"
"""The lane of single addresses, which are matched by one call."""


_NO_QUESTION = Question(0)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Work that waits, the deployment that is to do it, and where its result goes."""

    deployment: LeasedDeployment
    result: "asyncio.Future[Any]"
    text: str = ""
    question: Question = _NO_QUESTION
    """What is asked of the text, where that is to be matched."""
    work: Callable[[ServedPipeline], Any] | None = None
    """What is done by itself; None where `text` is to be matched, together with others."""
    cost: float = 1.0
    """Of a usual address."""
    channel: str = ""
    """Under which the facts of the answer are kept; empty where they are not."""
    name: str = MATCH
    """Of the work, in a trace."""
    place: Place = None
    """In a trace, of the request."""
    beside: Beside[Any] = NOTHING_BESIDE
    """What is looked up of the answer in the same turn."""


def _uncounted(_addresses: int) -> None:
    """Take the size of a batch that nobody asks for."""


class DynamicBatcher:
    """A bounded queue of single requests; each free thread takes all addresses that wait, or all other work, in turn and up to a bound.

    Under little load an address is matched alone and at once. Under much load the others wait while the threads work,
    and clients who were answered have `BATCH_WAIT_SECONDS` to ask again: else a thread would take the first who is back,
    and leave the others to the next batch. Other work (a parse, an explanation, a look-up) is under the same bound, and
    gets its turns between the batches.
    """

    def __init__(
        self,
        executor: ThreadPoolExecutor,
        *,
        threads: int,
        waiting: int,
        batch_size: int,
        count_batch: Callable[[int], None] = _uncounted,
        facts: FactSink = NO_FACTS,
        traces: Traces = NO_TRACES,
    ) -> None:
        """Work that costs as much as `waiting` usual addresses may wait; at most `batch_size` are matched together.

        `count_batch` is told, in the thread that matches it, of how many addresses each batch is; `facts` keeps those of the answers.
        """
        self._executor = executor
        self._threads = threads
        self._batch_size = batch_size
        self._count_batch = count_batch
        self._facts = facts
        self._traces = traces
        self._waiting: FairQueue[_Waiting] = FairQueue(waiting)
        self._takers: list[asyncio.Task[None]] = []
        self._deliveries: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._wanted = 0
        self._enough = asyncio.Event()

    def start(self) -> None:
        """Begin to take work; call it within the event loop."""
        self._takers = [asyncio.create_task(self._take()) for _ in range(self._threads)]

    async def stop(self) -> None:
        """Take no more; what threads work on is finished."""
        for taker in self._takers:
            taker.cancel()
        await asyncio.gather(*self._takers, *self._deliveries, return_exceptions=True)
        while (waiting := self._waiting.take()) is not None:
            waiting.result.cancel()

    def waiting_work(self) -> float:
        """Return how much work waits, in usual addresses; any thread may ask."""
        return self._waiting.work

    def is_full(self, client: str, coming: int) -> bool:
        """Return whether a client would be refused behind so many requests that come."""
        return self._waiting.is_full(client, coming)

    async def match(
        self,
        deployment: LeasedDeployment,
        text: str,
        question: Question,
        *,
        cost: float = 1.0,
        channel: str = "",
        beside: Beside[Result],
    ) -> tuple[Answer, Result]:
        """Answer one address by a deployment, and look up something of the answer; raises `OverloadedError` when too much waits already."""
        result: asyncio.Future[tuple[Answer, Result]] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(
            deployment,
            result,
            text,
            question,
            cost=cost,
            channel=channel,
            place=self._traces.here(),
            beside=beside,
        )
        self._put(MATCH, question.client, waiting)
        return await result

    async def do(
        self,
        deployment: LeasedDeployment,
        work: Callable[[ServedPipeline], Result],
        *,
        route: str,
        client: str = "",
        cost: float = 1.0,
    ) -> Result:
        """Do other work by a deployment in its turn; raises `OverloadedError` when too much waits already."""
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        place = self._traces.here()
        waiting = _Waiting(deployment, result, work=work, cost=cost, name=route, place=place)
        self._put(route, client, waiting)
        return await result

    def _put(self, route: str, client: str, waiting: _Waiting) -> None:
        self._waiting.put(route, client, waiting, waiting.cost)
        if len(self._waiting) >= self._wanted:
            self._enough.set()

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        expected = 1
        while True:
            batch: list[_Waiting] = []
            try:
                async with self._turn:
                    await self._fill(batch, expected)
                found = await loop.run_in_executor(self._executor, self._done, batch)
            except asyncio.CancelledError:
                for one in batch:
                    one.result.cancel()
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait for the answer
                found = [error] * len(batch)
            self._deliver(batch, found)
            expected = len(batch) + len(self._waiting)

    def _deliver(self, batch: Sequence[_Waiting], found: Sequence[Any]) -> None:
        """Give results to those who wait, beside the next batch."""
        delivery = asyncio.create_task(_deliver_in_turns(batch, found))
        self._deliveries.add(delivery)
        delivery.add_done_callback(self._deliveries.discard)

    async def _fill(self, batch: list[_Waiting], expected: int) -> None:
        """Fill a batch with one address, and those that wait with it or, while fewer than expected do, soon will."""
        batch.append(await self._waiting.get())
        self._wanted = min(expected, self._batch_size) - 1
        self._enough.clear()
        if len(self._waiting) < self._wanted:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), BATCH_WAIT_SECONDS)
        if batch[0].work is None:
            self._gather(batch, self._batch_size, _is_match)
        else:
            self._gather(batch, COST_OF_A_TURN, _is_other)

    def _gather(self, batch: list[_Waiting], most: float, wanted: Callable[[str], bool]) -> None:
        """Add what waits in the lanes of the wanted routes, until the batch costs `most`."""
        cost = sum(one.cost for one in batch)
        while cost < most and (waiting := self._waiting.take(wanted)) is not None:
            batch.append(waiting)
            cost += waiting.cost

    def _done(self, batch: list[_Waiting]) -> list[Any]:
        """Return the results of a batch, or the errors in their places."""
        if batch[0].work is not None:
            self._count_batch(len(batch))
            return [self._result(one, one.work) for one in batch if one.work is not None]
        with self._traces.work(MATCH, [one.place for one in batch]):
            return list(self._match(batch))

    def _result(self, one: _Waiting, work: Callable[[ServedPipeline], Any]) -> Any:
        """Return what comes of other work, or its error; where its client has gone it is left undone."""
        if one.result.cancelled():
            return None
        try:
            with self._traces.work(one.name, [one.place]), one.deployment.lease() as pipeline:
                return work(pipeline)
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to who waits for the result
            return error

    def _match(self, batch: list[_Waiting]) -> list[tuple[Answer, Any] | Exception]:
        """Match a batch by one call for all addresses with the same deployment, channel, filter and day: mostly by one."""
        self._count_batch(len(batch))
        alike: dict[Any, list[int]] = {}
        for place, one in enumerate(batch):
            key = (one.deployment, one.channel, one.question.within, one.question.as_at)
            alike.setdefault(key, []).append(place)
        found: dict[int, tuple[Answer, Any] | Exception] = {}
        for (deployment, channel, _, _), places in alike.items():
            waiting = [batch[place] for place in places]
            texts, besides = [one.text for one in waiting], [one.beside for one in waiting]
            top = max(one.question.limit for one in waiting)
            facts = self._facts if channel else NO_FACTS
            with deployment.lease() as pipeline:
                match = partial(waiting[0].question.matcher(pipeline).match, top=top, thorough=True)
                with facts.recording(channel, len(waiting)):
                    answers = answers_or_faults(match, texts)
                found.update(zip(places, found_beside(pipeline, besides, texts, answers), strict=True))
        return [found[place] for place in range(len(batch))]


def _is_match(route: str) -> bool:
    return route == MATCH


def _is_other(route: str) -> bool:
    return route != MATCH


async def _deliver_in_turns(batch: Sequence[_Waiting], found: Sequence[Any]) -> None:
    """Give results to those who wait, a few each time that the event loop goes round: what comes meanwhile waits for no more than these."""
    for place, (one, result) in enumerate(zip(batch, found, strict=True), start=1):
        _deliver_one(one, result)
        if place % DELIVERED_AT_ONCE == 0:
            await asyncio.sleep(0)


def _deliver_one(one: _Waiting, found: object) -> None:
    if one.result.done():  # its client has gone
        return
    if isinstance(found, Exception):
        one.result.set_exception(found)
    else:
        one.result.set_result(found)
