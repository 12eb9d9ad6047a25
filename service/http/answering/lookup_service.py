"""What is asked of the reference besides matching: texts of a premises, lists, and what it lacks beside an answer."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from address_match.indexer.retrieval import PremisesLists
from address_match.service.http.answering.batching import DynamicBatcher
from address_match.service.http.answering.beside import PartsNotHeld
from address_match.service.http.answering.work_cost import LIST_COST, LOOKUP_COST
from address_match.service.http.deployments.deployment import ActiveDeployment, ServedPipeline
from address_match.service.http.errors import UnknownUprnError
from address_match.service.lookup.listed_premises import ListedPremises
from address_match.service.lookup.not_held import NotHeld, may_lack_a_part
from address_match.service.lookup.premises_filter import EVERYTHING, PremisesFilter
from address_match.service.lookup.premises_lists import of_uprns
from address_match.service.matching.answer import Answer

Found = TypeVar("Found")


class LookupService:
    """Asks the reference in force, each question in its turn among those of all clients."""

    def __init__(self, active: ActiveDeployment, batcher: DynamicBatcher) -> None:
        self._active = active
        self._batcher = batcher

    async def lookup(self, uprn: str, *, client: str = "") -> list[dict[str, Any]]:
        """Return the texts of a premises as rows; raises `UnknownUprnError` when it is not held."""
        with self._active.lease() as deployment:
            texts = await self._batcher.do(
                deployment,
                lambda pipeline: pipeline.retriever.lookup(uprn),
                route="lookup",
                client=client,
                cost=LOOKUP_COST,
            )
        rows: list[dict[str, Any]] = texts.to_pylist()
        if not rows:
            way_out = (
                "" if uprn else "; name one behind the slash, or leave the slash out to match an address"
            )
            raise UnknownUprnError(f"the reference holds no premises {uprn!r}{way_out}")
        return rows

    async def not_held(
        self, text: str, answer: Answer, *, client: str = "", within: PremisesFilter = EVERYTHING
    ) -> NotHeld | None:
        """Return the part of an address that is not held beside the premises which its answer offers, None where none is known."""
        if not may_lack_a_part(answer):
            return None
        beside, matched = PartsNotHeld(within), [(text, answer)]
        found = await self.do(
            lambda pipeline: beside(pipeline, matched), route="held", client=client, cost=LIST_COST
        )
        return found[0]

    async def held(self, uprns: Sequence[str], *, client: str = "") -> list[ListedPremises]:
        """Return what the reference holds of some premises, in their order."""
        if not uprns:
            return []
        return await self.ask(
            lambda lists: of_uprns(lists, uprns), route="held", client=client, cost=LOOKUP_COST
        )

    async def ask(
        self, work: Callable[[PremisesLists], Found], *, route: str, client: str, cost: float
    ) -> Found:
        """Ask the lists of the reference in a turn of that route."""
        return await self.do(lambda pipeline: work(pipeline.retriever), route=route, client=client, cost=cost)

    async def do(
        self, work: Callable[[ServedPipeline], Found], *, route: str, client: str, cost: float
    ) -> Found:
        """Do work with the pipeline in a turn of that route."""
        with self._active.lease() as deployment:
            return await self._batcher.do(deployment, work, route=route, client=client, cost=cost)
