"""What answers requests for matching, and the bounds on how much it takes on."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeVar

from address_match.models.registry import Deployment
from address_match.parser.parse import Parse
from address_match.parser.text_length import refuse_long
from address_match.service.facts.sink import NO_FACTS, FactSink
from address_match.service.http.answering.answer_record import SINGLE, AnswerRecord
from address_match.service.http.answering.batching import DynamicBatcher
from address_match.service.http.answering.beside import NOTHING_BESIDE, Beside
from address_match.service.http.answering.bulk_service import BulkService
from address_match.service.http.answering.lookup_service import LookupService
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.thread_work import explain_one
from address_match.service.http.answering.work_cost import (
    EXPLANATION_COST,
    LIST_COST,
    SUGGEST_COST,
    match_cost,
    parse_cost,
    refuse_limit,
)
from address_match.service.http.deployments.canary import Canary, ChosenDeployment, choosing
from address_match.service.http.deployments.deployment import ActiveDeployment
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.http.watching.traces import NO_TRACES, Traces
from address_match.service.lifecycle.shadow.shadow import NO_SHADOW, AnswersBeside
from address_match.service.lookup.premises_filter import EVERYTHING, PremisesFilter
from address_match.service.lookup.suggest import Suggestion, likely, of_premises
from address_match.service.lookup.suggest_within import suggest_within
from address_match.service.lookup.typed_text import TypedText
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation
from address_match.service.matching.stage_times import Stage, listen_to_stages
from address_match.service.settings.server_settings import ServerSettings

Found = TypeVar("Found")


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
        self._canary = canary
        self._traces = traces
        self._settings = settings
        self._metrics = metrics or ServiceMetrics()
        self._record = AnswerRecord(self._metrics, facts, shadow)
        self._executor = ThreadPoolExecutor(
            settings.threads + 1,
            thread_name_prefix="match",
            initializer=partial(listen_to_stages, self._hear_stage),
        )
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
        self.bulk = BulkService(
            self._executor, settings, self._record, traces, choose=lambda: self.choosing("")
        )
        """What asks for several addresses at once."""

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

    def is_full(self, client: str, coming: int) -> bool:
        """Return whether a client would be refused behind so many requests that come."""
        return self._batcher.is_full(client, coming)

    def choosing(self, dataset: str) -> AbstractContextManager[ChosenDeployment]:
        """Give a request what answers for its data set, which stays open until the request is done."""
        return choosing(self._active, self._canary, dataset)

    async def match(self, text: str, question: Question) -> Answer:
        """Answer one address by the full search, as `match_and_find` does."""
        answer, _ = await self.match_and_find(NOTHING_BESIDE, text, question)
        return answer

    async def match_and_find(
        self, beside: Beside[Found], text: str, question: Question, *, more_cost: float = 0.0
    ) -> tuple[Answer, Found]:
        """Answer one address by the full search, and look up something of the answer in the same turn, which costs so much more.

        Raises `LimitTooHighError`, `TextTooLongError`, and `OverloadedError` where too much waits already.
        """
        refuse_limit(question.limit, self._settings.candidates)
        refuse_long(text)
        with self._chosen(question.by) as chosen:
            channel = question.channel(SINGLE, chosen)
            answer, found = await self._batcher.match(
                chosen.deployment,
                text,
                question,
                cost=question.cost(match_cost(text)) + more_cost,
                channel=channel,
                beside=beside,
            )
        self._record.add(channel, chosen, [text], [answer])
        return answer, found

    async def explain(self, text: str, question: Question) -> Explanation:
        """Answer one address as `match` does, and show what the answer rests on."""
        refuse_limit(question.limit, self._settings.candidates)
        refuse_long(text)
        with self._chosen(question.by) as chosen:
            channel = question.channel(SINGLE, chosen)
            found = await self._batcher.do(
                chosen.deployment,
                partial(explain_one, question, self._record.facts_under(channel), channel, text),
                route="explain",
                client=question.client,
                cost=question.cost(EXPLANATION_COST * match_cost(text)),
            )
        self._record.add(channel, chosen, [text], [found[0].answer])
        return found[0]

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
        question = Question(limit, client, within, keeps_facts=False)  # what is typed so far is no address
        uprns = likely(await self.match(text, question))
        return [of_premises(one) for one in await self.lookups.held(uprns[:limit], client=client)]

    def _chosen(self, by: ChosenDeployment | None) -> AbstractContextManager[ChosenDeployment]:
        return self.choosing("") if by is None else nullcontext(by)

    def _hear_stage(self, stage: Stage, seconds: float) -> None:
        self._metrics.time_stage(stage, seconds)
        self._traces.stage(stage, seconds)
