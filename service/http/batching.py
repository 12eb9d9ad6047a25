"""Single addresses that come at the same time are matched together: eight in one batch cost what two and a half alone do."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

from address_match.service.fault_isolation import answers_or_faults
from address_match.service.http.deployment import LeasedDeployment
from address_match.service.http.problems import OverloadedError
from address_match.service.matching.answer import Answer

BATCH_WAIT_SECONDS = 0.003
"""How long a batch is held for as many addresses as came last time: about what one address costs."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An address that waits, the deployment that is to answer it, and where its answer goes."""

    deployment: LeasedDeployment
    text: str
    top: int
    answer: "asyncio.Future[Answer]"


class DynamicBatcher:
    """A bounded queue of single addresses; each free thread takes all that wait, up to a bound.

    Under little load an address is matched alone and at once. Under much load the others wait while the threads work,
    and clients who were answered have `BATCH_WAIT_SECONDS` to ask again: else a thread would take the first who is back,
    and leave the others to the next batch.
    """

    def __init__(
        self,
        executor: ThreadPoolExecutor,
        *,
        threads: int,
        waiting: int,
        batch_size: int,
    ) -> None:
        """`waiting` addresses may wait, and at most `batch_size` are matched together, in one of `threads` threads."""
        self._executor = executor
        self._threads = threads
        self._batch_size = batch_size
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue(waiting)
        self._takers: list[asyncio.Task[None]] = []
        self._turn = asyncio.Lock()
        self._wanted = 0
        self._enough = asyncio.Event()

    def start(self) -> None:
        """Begin to take addresses; call it within the event loop."""
        self._takers = [asyncio.create_task(self._take()) for _ in range(self._threads)]

    async def stop(self) -> None:
        """Take no more; the batches that threads work on are finished."""
        for taker in self._takers:
            taker.cancel()
        await asyncio.gather(*self._takers, return_exceptions=True)
        while not self._waiting.empty():
            self._waiting.get_nowait().answer.cancel()

    async def match(self, deployment: LeasedDeployment, text: str, top: int) -> Answer:
        """Answer one address by a deployment; raises `OverloadedError` when too many wait already."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait(_Waiting(deployment, text, top, answer))
        except asyncio.QueueFull as error:
            raise OverloadedError(
                f"{self._waiting.maxsize} addresses wait already; try again in a second"
            ) from error
        if self._waiting.qsize() >= self._wanted:
            self._enough.set()
        return await answer

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        expected = 1
        while True:
            batch: list[_Waiting] = []
            try:
                async with self._turn:
                    await self._fill(batch, expected)
                found = await loop.run_in_executor(self._executor, self._match, batch)
            except asyncio.CancelledError:
                for one in batch:
                    one.answer.cancel()
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait for the answer
                found = [error] * len(batch)
            for one, answer in zip(batch, found, strict=True):
                _deliver(one, answer)
            expected = len(batch) + self._waiting.qsize()

    async def _fill(self, batch: list[_Waiting], expected: int) -> None:
        """Fill a batch with one address, and those that wait with it or, while fewer than expected do, soon will."""
        batch.append(await self._waiting.get())
        self._wanted = min(expected, self._batch_size) - 1
        self._enough.clear()
        if self._waiting.qsize() < self._wanted:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), BATCH_WAIT_SECONDS)
        while len(batch) < self._batch_size and not self._waiting.empty():
            batch.append(self._waiting.get_nowait())

    def _match(self, batch: list[_Waiting]) -> list[Answer | Exception]:
        """Match a batch by one call for each run of addresses with the same deployment: by one, except when it was replaced."""
        found: list[Answer | Exception] = []
        for deployment, run in groupby(batch, key=attrgetter("deployment")):
            waiting = list(run)
            top = max(one.top for one in waiting)
            with deployment.lease() as pipeline:
                found += answers_or_faults(
                    partial(pipeline.match, top=top, thorough=True), [one.text for one in waiting]
                )
        return found


def _deliver(one: _Waiting, found: Answer | Exception) -> None:
    if one.answer.done():  # its client has gone
        return
    if isinstance(found, Exception):
        one.answer.set_exception(found)
    else:
        one.answer.set_result(found)
