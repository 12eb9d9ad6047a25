"""Single addresses that arrive at the same time are matched together, for a batch costs less than its parts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from service.http.pipeline import ServedPipeline
from service.http.problems import OverloadedError
from service.matching.answer import Answer


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An address that waits, and where its answer goes."""

    text: str
    top: int
    answer: "asyncio.Future[Answer]"


class GatheringQueue:
    """A bounded queue of single addresses; each free thread takes all that wait, up to a bound.

    Nobody waits for company: under little load an address is matched alone and at once, under much load the others
    gather while the threads work.
    """

    def __init__(
        self,
        pipeline: ServedPipeline,
        executor: ThreadPoolExecutor,
        *,
        threads: int,
        waiting: int,
        gathered: int,
    ) -> None:
        self._pipeline = pipeline
        self._executor = executor
        self._threads = threads
        self._gathered = gathered
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue(waiting)
        self._takers: list[asyncio.Task[None]] = []

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

    async def match(self, text: str, top: int) -> Answer:
        """Answer one address; raises `OverloadedError` when too many wait already."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait(_Waiting(text, top, answer))
        except asyncio.QueueFull as error:
            raise OverloadedError(
                f"{self._waiting.maxsize} addresses wait already; try again in a second"
            ) from error
        return await answer

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < self._gathered and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            try:
                answers = await loop.run_in_executor(self._executor, self._match, batch)
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait for the answer
                for one in batch:
                    if not one.answer.done():
                        one.answer.set_exception(error)
            else:
                for one, answer in zip(batch, answers, strict=True):
                    if not one.answer.done():  # its client may have gone
                        one.answer.set_result(answer)

    def _match(self, batch: list[_Waiting]) -> list[Answer]:
        top = max(one.top for one in batch)
        return self._pipeline.match([one.text for one in batch], top=top, thorough=True)
