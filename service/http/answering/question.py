from dataclasses import dataclass
from datetime import date

from address_match.service.batch.matcher import AddressMatcher
from address_match.service.http.answering.work_cost import NARROWED_COST
from address_match.service.http.deployments.canary import ChosenDeployment
from address_match.service.http.deployments.deployment import ServedPipeline
from address_match.service.lookup.premises_filter import EVERYTHING, PremisesFilter


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks of each of its addresses."""

    limit: int
    """Candidates to list."""
    client: str = ""
    """Who asks, so that each gets a turn."""
    within: PremisesFilter = EVERYTHING
    """Which premises an address may be answered with."""
    as_at: date | None = None
    """The day on which these have to be valid; None where it does not matter."""
    by: ChosenDeployment | None = None
    """What answers; None stands for the bundle in service."""
    keeps_facts: bool = True
    """Whether facts of the answers may be kept; not where what is asked is no whole address."""

    def matcher(self, pipeline: ServedPipeline) -> AddressMatcher:
        """Return what answers it: with premises that the filter lets pass, and with what was valid on the day."""
        asked = pipeline if self.as_at is None else pipeline.at(self.as_at)
        return asked if self.within.is_open else asked.within(self.within)

    def cost(self, of_all: float) -> float:
        """Return what it costs, in usual addresses, to do something that costs `of_all` among all premises."""
        return of_all if self.within.is_open else NARROWED_COST * of_all

    def channel(self, usual: str, by: ChosenDeployment) -> str:
        """Return under which channel facts of its answers are kept: that of its data set if it has one, else the usual one. Empty where
        none are, as where something narrows what an address may be answered with: they cannot be compared with others'.
        """
        is_usual = self.keeps_facts and self.within.is_open and self.as_at is None
        return (by.dataset or usual) if is_usual else ""
