import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from address_match.models.registry import Deployment
from address_match.parser.parse import Parse
from address_match.parser.text_length import refuse_long
from address_match.service.fault_isolation import match_each
from address_match.service.http.batching import DynamicBatcher
from address_match.service.http.deployment import ActiveDeployment, LeasedDeployment, ServedPipeline
from address_match.service.http.problems import (
    LimitTooHighError,
    OverloadedError,
    TooManyAddressesError,
    UnknownUprnError,
)
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation
from address_match.service.settings import ServerSettings

Found = TypeVar("Found")

BULK_CHUNK = 200
"""Addresses that a bulk request matches before others get a turn at its thread."""


class MatchingService:
    """Answers requests in a bounded number of threads, each with the deployment that is active when it comes, and refuses what exceeds its
    bounds.
    """

    def __init__(self, active: ActiveDeployment, settings: ServerSettings) -> None:
        self._active = active
        self._settings = settings
        self._executor = ThreadPoolExecutor(settings.threads + 1, thread_name_prefix="match")
        self._bulk = 0
        self._explaining = 0
        self._bulk_turn = asyncio.Semaphore(1)
        self._batcher = DynamicBatcher(
            self._executor,
            threads=settings.threads,
            waiting=settings.waiting,
            batch_size=settings.gathered,
        )

    def start(self) -> None:
        """Begin to answer; call it within the event loop."""
        self._batcher.start()

    async def stop(self) -> None:
        """Finish what is being answered and release the active deployment."""
        await self._batcher.stop()
        self._executor.shutdown()
        self._active.close()

    async def match(self, text: str, limit: int) -> Answer:
        """Answer one address by the full search."""
        self._refuse_limit(limit)
        refuse_long(text)
        with self._active.lease() as deployment:
            return await self._batcher.match(deployment, text, limit)

    async def explain(self, text: str, limit: int) -> Explanation:
        """Answer one address by the full search, and show what the answer rests on."""
        self._refuse_limit(limit)
        refuse_long(text)
        if self._explaining >= self._settings.waiting:
            raise OverloadedError(f"{self._explaining} explanations wait already; try again in a second")
        self._explaining += 1
        try:
            with self._active.lease() as deployment:
                found = await self._in_thread(
                    deployment, lambda pipeline: pipeline.explain_each([text], top=limit)
                )
                return found[0]
        finally:
            self._explaining -= 1

    async def match_all(self, texts: list[str], limit: int) -> list[Answer]:
        """Answer several addresses; one that cannot be answered gets an answer that says why."""
        self._refuse_limit(limit)
        if len(texts) > (most := self._settings.bulk_addresses):
            raise TooManyAddressesError(
                f"{len(texts):,} addresses are more than the {most:,} of one request; send several requests, "
                "or match a file with `address-match match`"
            )
        if self._bulk >= self._settings.bulk_requests:
            raise OverloadedError(f"{self._bulk} bulk requests are worked on already; try again in a second")
        self._bulk += 1
        try:
            with self._active.lease() as deployment:
                async with self._bulk_turn:
                    answers: list[Answer] = []
                    for start in range(0, len(texts), BULK_CHUNK):
                        chunk = texts[start : start + BULK_CHUNK]
                        answers += await self._in_thread(deployment, partial(_match_chunk, chunk, limit))
                    return answers
        finally:
            self._bulk -= 1

    async def parse(self, text: str, nbest: int = 0) -> Parse:
        """Parse one address, with that many of its best parses."""
        refuse_long(text)
        with self._active.lease() as deployment:
            parses = await self._in_thread(
                deployment, lambda pipeline: pipeline.parser.parse_batch([text], nbest=nbest)
            )
            return parses[0]

    async def lookup(self, uprn: str) -> list[dict[str, Any]]:
        """Return the texts of a premises as rows; raises `UnknownUprnError` when it is not held."""
        with self._active.lease() as deployment:
            texts = await self._in_thread(deployment, lambda pipeline: pipeline.retriever.lookup(uprn))
        rows: list[dict[str, Any]] = texts.to_pylist()
        if not rows:
            raise UnknownUprnError(f"the reference holds no premises {uprn!r}")
        return rows

    async def readiness(self) -> tuple[Deployment, str]:
        """Return the active deployment, and why another that was promoted is not; empty where none waits.

        Raises `EngineUnavailableError` unless the engine can answer.
        """
        with self._active.lease() as deployment:
            await self._in_thread(deployment, lambda pipeline: pipeline.retriever.ping())
            return deployment.record, self._active.trouble

    async def _in_thread(
        self, deployment: LeasedDeployment, work: Callable[[ServedPipeline], Found]
    ) -> Found:
        """Work in a thread, which has a lease of its own: a request may be given up before its thread is done."""

        def leased() -> Found:
            with deployment.lease() as pipeline:
                return work(pipeline)

        return await asyncio.get_running_loop().run_in_executor(self._executor, leased)

    def _refuse_limit(self, limit: int) -> None:
        if limit > self._settings.candidates:
            raise LimitTooHighError(f"limit {limit} is more than {self._settings.candidates}; ask for fewer")


def _match_chunk(texts: list[str], limit: int, pipeline: ServedPipeline) -> list[Answer]:
    return match_each(partial(pipeline.match, top=limit, thorough=True), texts)
