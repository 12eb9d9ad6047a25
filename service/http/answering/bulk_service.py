"""Requests for several addresses at once, which are matched chunk by chunk beside those for one."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeVar

from address_match.parser.text_length import length_problem
from address_match.service.http.answering.answer_record import BULK, AnswerRecord
from address_match.service.http.answering.fair_queue import SHARE_OF_ONE_CLIENT
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.thread_work import match_chunk
from address_match.service.http.answering.work_cost import chunks_of, refuse_limit
from address_match.service.http.deployments.canary import ChosenDeployment
from address_match.service.http.deployments.deployment import LeasedDeployment, ServedPipeline
from address_match.service.http.errors import ClientGoneError, OverloadedError, TooManyAddressesError
from address_match.service.http.watching.traces import Traces
from address_match.service.matching.answer import Answer
from address_match.service.settings.server_settings import ServerSettings

Found = TypeVar("Found")


class BulkService:
    """Answers requests in bulk, so many under way at once, of which one at a time has a thread."""

    def __init__(
        self,
        executor: ThreadPoolExecutor,
        settings: ServerSettings,
        record: AnswerRecord,
        traces: Traces,
        *,
        choose: Callable[[], AbstractContextManager[ChosenDeployment]],
    ) -> None:
        """`choose` gives the deployment that answers where a request names none."""
        self._executor = executor
        self._settings = settings
        self._record = record
        self._traces = traces
        self._choose = choose
        self._under_way: Counter[str] = Counter()
        """Requests of each client that are worked on or wait."""
        self._turn = asyncio.Semaphore(1)

    def under_way(self) -> int:
        """Return how many requests are worked on or wait."""
        return self._under_way.total()

    async def match_all(
        self, texts: list[str], question: Question, is_gone: Callable[[], Awaitable[bool]]
    ) -> list[Answer]:
        """Answer several addresses as `match_chunks` does, all at once."""
        chunks = self.match_chunks(texts, question, is_gone)
        return [answer async for chunk in chunks for answer in chunk]

    async def match_chunks(
        self, texts: list[str], question: Question, is_gone: Callable[[], Awaitable[bool]]
    ) -> AsyncGenerator[list[Answer]]:
        """Answer several addresses in order, chunk by chunk, each as `MatchingService.match` does; one that cannot be answered gets an answer that says why.

        What is refused is refused before the first chunk. Raises `ClientGoneError` as soon as `is_gone`, which is asked between two chunks, returns True.
        """
        refuse_limit(question.limit, self._settings.candidates)
        self._refuse_many(texts)
        most, client = self._settings.bulk_requests, question.client
        if self._under_way.total() >= most or self._under_way[client] >= max(1, most * SHARE_OF_ONE_CLIENT):
            raise OverloadedError(
                f"{self._under_way.total()} bulk requests are worked on already; try again in a second"
            )
        self._under_way[client] += 1
        try:
            with self._choose() if question.by is None else nullcontext(question.by) as chosen:
                channel = question.channel(BULK, chosen)
                matched = partial(match_chunk, question, self._record.facts_under(channel), channel)
                for chunk in chunks_of(texts, question.cost(1.0)):
                    async with self._turn:
                        if await is_gone():
                            raise ClientGoneError("the client has gone")
                        found = await self._in_thread(chosen.deployment, partial(matched, chunk))
                    self._record.add(channel, chosen, chunk, found)
                    yield found
        finally:
            self._under_way -= Counter({client: 1})  # which forgets a client that has none left

    def refuse_count(self, count: int) -> None:
        """Raise `TooManyAddressesError` where one request asks for more addresses than it may."""
        if count > (most := self._settings.bulk_addresses):
            raise _too_many(f"{count:,} addresses are more than the {most:,} of one request")

    def _refuse_many(self, texts: list[str]) -> None:
        self.refuse_count(len(texts))
        characters = self._settings.bulk_characters
        if (found := sum(len(t) for t in texts if not length_problem(t))) > characters:
            raise _too_many(
                f"addresses of {found:,} characters are more than the {characters:,} of one request"
            )

    async def _in_thread(
        self, deployment: LeasedDeployment, work: Callable[[ServedPipeline], Found]
    ) -> Found:
        """Work in a thread, which has a lease of its own: a request may be given up before its thread is done."""
        place = self._traces.here()

        def leased() -> Found:
            with deployment.lease() as pipeline, self._traces.work(BULK, [place]):
                return work(pipeline)

        return await asyncio.get_running_loop().run_in_executor(self._executor, leased)


def _too_many(problem: str) -> TooManyAddressesError:
    return TooManyAddressesError(
        f"{problem}; send several requests, or match a file with `address-match match`"
    )
