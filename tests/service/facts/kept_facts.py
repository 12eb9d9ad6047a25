"""Facts that tests keep, and what keeps them in a list."""

from collections.abc import Sequence

from address_match.service.facts.fact import Fact
from address_match.service.facts.sink import gathering
from address_match.service.matching.pipeline import MatchPipeline


class ListKeeper:
    """Keeps facts where a test can see them."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.lost = 0

    def put(self, channel: str, facts: Sequence[Fact]) -> None:  # noqa: ARG002 - the port's
        self.facts += facts

    def lose(self, count: int) -> None:
        self.lost += count


def facts_of(pipeline: MatchPipeline, *texts: str, thorough: bool = False) -> list[Fact]:
    """Match texts and return what is kept of them."""
    keeper = ListKeeper()
    with gathering(keeper, "file", len(texts)):
        pipeline.match(texts, thorough=thorough)
    return keeper.facts


def a_fact(**values: object) -> Fact:
    """A fact of a failed answer, except for the values given."""
    nothing: dict[str, object] = dict.fromkeys(Fact._fields)
    call = {"moment": 1_700_000_000, "release": "1", "bundle": "b", "generation": "g000001", "batch": 1}
    answer = {"status": "unmatched", "reason": "error", "relation": "", "probability": 0.0}
    numbers = {"milliseconds": 2.0, "absent_probability": 1.0, "threshold": 0.9, "absence_prior": 0.3}
    return Fact(**(nothing | call | answer | numbers | values))  # type: ignore[arg-type]
