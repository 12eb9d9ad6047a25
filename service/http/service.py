import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from typing import TypeVar

from address_match.models.registry import Deployment
from address_match.parser.parse import Parse
from address_match.parser.text_length import length_problem, refuse_long
from address_match.service.http.batching import (
    NO_FACTS,
    NO_TRACES,
    NOTHING_BESIDE,
    DynamicBatcher,
)
from address_match.service.http.beside import Beside
from address_match.service.http.canary import Canary, ChosenDeployment, choosing
from address_match.service.http.deployment import ActiveDeployment, LeasedDeployment, ServedPipeline
from address_match.service.http.errors import (
    ClientGoneError,
    LimitTooHighError,
    OverloadedError,
    TooManyAddressesError,
)
from address_match.service.http.fair_queue import SHARE_OF_ONE_CLIENT
from address_match.service.http.lookup_service import LookupService
from address_match.service.http.metrics import ServiceMetrics
from address_match.service.http.thread_work import explain_one, match_chunk
from address_match.service.http.traces import Traces
from address_match.service.http.work import (
    EXPLANATION_COST,
    LIST_COST,
    NARROWED_COST,
    SUGGEST_COST,
    chunks_of,
    match_cost,
    parse_cost,
)
from address_match.service.http_settings import ServerSettings
from address_match.service.lifecycle.facts.sink import FactSink
from address_match.service.lifecycle.shadow.shadow import AnswersBeside, NoShadow
from address_match.service.lookup.premises_filter import EVERYTHING, PremisesFilter
from address_match.service.lookup.suggest import Suggestion, likely, of_premises
from address_match.service.lookup.suggest_within import suggest_within
from address_match.service.lookup.typed_text import TypedText
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation
from address_match.service.matching.stage_times import Stage, listen_to_stages

Found = TypeVar("Found")

NO_SHADOW = NoShadow()
SINGLE, BULK = "single", "bulk"
"""Channels under which facts of answers are kept; suggestions keep none, since what is typed so far is no address."""


class MatchingService:
    """Answers requests in a bounded number of threads, each with the deployment that is active when it comes, and refuses what exceeds its
    bounds.
    """

    def __init__(
        self,
        active: ActiveDeployment,
        settings: ServerSettings,
        metrics: ServiceMetrics | None = None,
        facts: FactSink = NO_FACTS,
        traces: Traces = NO_TRACES,
        shadow: AnswersBeside = NO_SHADOW,
        canary: Canary | None = None,
    ) -> None:
        self._active = active
        self._shadow = shadow
        self._canary = canary
        self._traces = traces
        self._facts = facts
        self._settings = settings
        self._metrics = metrics or ServiceMetrics()
        self._executor = ThreadPoolExecutor(
            settings.threads + 1,
            thread_name_prefix="match",
            initializer=partial(listen_to_stages, self._hear_stage),
        )
        self._bulk: Counter[str] = Counter()
        """Bulk requests of each client that are worked on or wait."""
        self._bulk_turn = asyncio.Semaphore(1)
        self._batcher = DynamicBatcher(
            self._executor,
            threads=settings.threads,
            waiting=settings.waiting,
            batch_size=settings.gathered,
            count_batch=self._metrics.count_batch,
            facts=facts,
            traces=traces,
        )
        self.lookups = LookupService(active, self._batcher)
        """What is asked of the reference besides matching."""

    def start(self) -> None:
        """Begin to answer; call it within the event loop."""
        self._batcher.start()

    async def stop(self) -> None:
        """Finish what is being answered and release the active deployment."""
        await self._batcher.stop()
        self._executor.shutdown()
        self._active.close()
        if self._canary is not None:
            self._canary.active.close()

    @property
    def served(self) -> Deployment:
        """Which bundle and index answer now."""
        return self._active.now().record

    def waiting_work(self) -> float:
        """Return how much work waits for a thread, in usual addresses; any thread may ask."""
        return self._batcher.waiting_work()

    def bulk_under_way(self) -> int:
        """Return how many bulk requests are worked on or wait."""
        return self._bulk.total()

    def is_full(self, client: str) -> bool:
        """Return whether a client would be refused now."""
        return self._batcher.is_full(client)

    def choosing(self, dataset: str) -> AbstractContextManager[ChosenDeployment]:
        """Give a request what answers for its data set, which stays open until the request is done."""
        return choosing(self._active, self._canary, dataset)

    async def match(
        self,
        text: str,
        limit: int,
        *,
        client: str = "",
        channel: str = SINGLE,
        within: PremisesFilter = EVERYTHING,
    ) -> Answer:
        """Answer one address by the full search, with premises that a filter lets pass, as `match_and_find` does."""
        answer, _ = await self.match_and_find(
            NOTHING_BESIDE, text, limit, client=client, channel=channel, within=within
        )
        return answer

    async def match_and_find(
        self,
        beside: Beside[Found],
        text: str,
        limit: int,
        *,
        client: str = "",
        channel: str = SINGLE,
        within: PremisesFilter = EVERYTHING,
        as_at: date | None = None,
        by: ChosenDeployment | None = None,
        more_cost: float = 0.0,
    ) -> tuple[Answer, Found]:
        """Answer one address by the full search, with premises that a filter lets pass, and what was valid on a day; look up something
        of the answer in the same turn, which costs so much more.

        `by` is what answers, the bundle in service unless it is chosen.
        Its facts are kept under a channel, or not at all where that is empty or a filter or day narrows: nobody can say then what is usual.
        """
        self._refuse_limit(limit)
        refuse_long(text)
        cost = _cost_within(within, match_cost(text)) + more_cost
        with self._chosen(by) as chosen:
            kept = _channel_kept(chosen, channel, within, as_at)
            answer, found = await self._batcher.match(
                chosen.deployment,
                text,
                limit,
                client=client,
                cost=cost,
                channel=kept,
                within=within,
                as_at=as_at,
                beside=beside,
            )
        self._answered(kept, chosen, [text], [answer])
        return answer, found

    async def explain(
        self,
        text: str,
        limit: int,
        *,
        client: str = "",
        within: PremisesFilter = EVERYTHING,
        as_at: date | None = None,
        by: ChosenDeployment | None = None,
    ) -> Explanation:
        """Answer one address as `match` does, and show what the answer rests on."""
        self._refuse_limit(limit)
        refuse_long(text)
        with self._chosen(by) as chosen:
            kept = _channel_kept(chosen, SINGLE, within, as_at)
            found = await self._batcher.do(
                chosen.deployment,
                partial(explain_one, text, limit, self._facts_under(kept), kept, within, as_at),
                route="explain",
                client=client,
                cost=_cost_within(within, EXPLANATION_COST * match_cost(text)),
            )
        self._answered(kept, chosen, [text], [found[0].answer])
        return found[0]

    async def match_all(
        self,
        texts: list[str],
        limit: int,
        is_gone: Callable[[], Awaitable[bool]],
        *,
        client: str = "",
        within: PremisesFilter = EVERYTHING,
        as_at: date | None = None,
        by: ChosenDeployment | None = None,
    ) -> list[Answer]:
        """Answer several addresses as `match_chunks` does, all at once."""
        chunks = self.match_chunks(texts, limit, is_gone, client=client, within=within, as_at=as_at, by=by)
        return [answer async for chunk in chunks for answer in chunk]

    async def match_chunks(
        self,
        texts: list[str],
        limit: int,
        is_gone: Callable[[], Awaitable[bool]],
        *,
        client: str = "",
        within: PremisesFilter = EVERYTHING,
        as_at: date | None = None,
        by: ChosenDeployment | None = None,
    ) -> AsyncGenerator[list[Answer]]:
        """Answer several addresses in order, chunk by chunk, each as `match` does; one that cannot be answered gets an answer that says why.

        What is refused is refused before the first chunk. Raises `ClientGoneError` as soon as `is_gone`, which is asked between two chunks, returns True.
        """
        self._refuse_limit(limit)
        self._refuse_many(texts)
        most = self._settings.bulk_requests
        if self._bulk.total() >= most or self._bulk[client] >= max(1, most * SHARE_OF_ONE_CLIENT):
            raise OverloadedError(
                f"{self._bulk.total()} bulk requests are worked on already; try again in a second"
            )
        self._bulk[client] += 1
        try:
            with self._chosen(by) as chosen:
                kept = _channel_kept(chosen, BULK, within, as_at)
                matched = partial(match_chunk, limit, self._facts_under(kept), kept, within, as_at)
                for chunk in chunks_of(texts, _cost_within(within, 1.0)):
                    async with self._bulk_turn:
                        if await is_gone():
                            raise ClientGoneError("the client has gone")
                        found = await self._in_thread(chosen.deployment, partial(matched, chunk))
                    self._answered(kept, chosen, chunk, found)
                    yield found
        finally:
            self._bulk -= Counter({client: 1})  # which forgets a client that has none left

    async def parse(self, text: str, nbest: int = 0, *, client: str = "") -> Parse:
        """Parse one address, with that many of its best parses."""
        refuse_long(text)
        cost = parse_cost(text, nbest)
        with self._active.lease() as deployment:
            parses = await self._batcher.do(
                deployment,
                lambda pipeline: pipeline.parser.parse_batch([text], nbest=nbest),
                route="parse",
                client=client,
                cost=cost,
            )
            return parses[0]

    async def suggest(
        self, text: str, limit: int, *, client: str = "", within: PremisesFilter = EVERYTHING
    ) -> list[Suggestion]:
        """Complete what is typed by the names of the reference, and where none fits by what matching finds likely."""
        typed = TypedText.of(text)
        found = await self.lookups.ask(
            lambda lists: suggest_within(lists, typed, limit, within),
            route="suggest",
            client=client,
            cost=SUGGEST_COST if within.is_open else limit * LIST_COST,
        )
        if found or not typed.is_telling:
            return found
        uprns = likely(await self.match(text, limit, client=client, channel="", within=within))
        return [of_premises(one) for one in await self.lookups.held(uprns[:limit], client=client)]

    async def _in_thread(
        self, deployment: LeasedDeployment, work: Callable[[ServedPipeline], Found]
    ) -> Found:
        """Work in a thread, which has a lease of its own: a request may be given up before its thread is done."""
        place = self._traces.here()

        def leased() -> Found:
            with deployment.lease() as pipeline, self._traces.work(BULK, [place]):
                return work(pipeline)

        return await asyncio.get_running_loop().run_in_executor(self._executor, leased)

    def _chosen(self, by: ChosenDeployment | None) -> AbstractContextManager[ChosenDeployment]:
        return self.choosing("") if by is None else nullcontext(by)

    def _facts_under(self, channel: str) -> FactSink:
        return self._facts if channel else NO_FACTS

    def _answered(
        self, channel: str, by: ChosenDeployment, texts: Sequence[str], answers: Sequence[Answer]
    ) -> None:
        """Count answers, and offer those of the bundle in service whose facts are kept under a channel to whoever answers beside."""
        for answer in answers:
            self._metrics.count_answer(answer)
        if channel and not by.dataset:
            self._shadow.offer(channel, by.deployment.record.bundle_fingerprint, texts, answers)

    def _hear_stage(self, stage: Stage, seconds: float) -> None:
        self._metrics.time_stage(stage, seconds)
        self._traces.stage(stage, seconds)

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

    def _refuse_limit(self, limit: int) -> None:
        if limit > self._settings.candidates:
            raise LimitTooHighError(f"limit {limit} is more than {self._settings.candidates}; ask for fewer")


def _too_many(problem: str) -> TooManyAddressesError:
    return TooManyAddressesError(
        f"{problem}; send several requests, or match a file with `address-match match`"
    )


def _channel_kept(by: ChosenDeployment, channel: str, within: PremisesFilter, as_at: date | None) -> str:
    """Return under which channel facts of an answer are kept: that of its data set if it has one; none where something narrows what an
    address may be answered with, so that its facts cannot be compared with others'.
    """
    return (by.dataset or channel) if within.is_open and as_at is None else ""


def _cost_within(within: PremisesFilter, cost: float) -> float:
    return cost if within.is_open else NARROWED_COST * cost
