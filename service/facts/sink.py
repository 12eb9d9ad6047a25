"""Where facts go: the port, nowhere, and what gathers the facts of one call."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from address_match.service.error_place import place_of
from address_match.service.facts.fact import Fact
from address_match.service.facts.facts_of_answers import facts_of_call
from address_match.service.facts.projected_sums import ProjectedSums
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers

_log = logging.getLogger("address_match.facts")


class FactSink(Protocol):
    """Takes facts; it never raises, and what it cannot keep it counts."""

    def recording(self, channel: str, asked: int) -> AbstractContextManager[None]:
        """Keep a fact for each of the `asked` addresses that the running thread answers within the context."""
        ...


class NoFacts:
    """Keeps nothing."""

    def recording(self, channel: str, asked: int) -> AbstractContextManager[None]:  # noqa: ARG002 - the port's
        """Do nothing."""
        return nullcontext()


NO_FACTS = NoFacts()


class FactKeeper(Protocol):
    """What gathered facts are handed to."""

    def put(self, channel: str, facts: Sequence[Fact]) -> None:
        """Take facts."""
        ...

    def lose(self, count: int) -> None:
        """Count facts that could not be made."""
        ...


@contextmanager
def gathering(
    keeper: FactKeeper, channel: str, asked: int, sums: ProjectedSums | None = None
) -> Iterator[None]:
    """Hand a keeper the facts of what the running thread answers, with sums where these are kept; where the call fails,
    there are none.
    """
    answered: list[AnsweredBatch] = []
    begun = time.perf_counter()
    with listening_to_answers(answered.append):
        yield
    seconds = time.perf_counter() - begun
    try:
        facts = facts_of_call(answered, asked=asked, seconds=seconds)
        if sums is not None:
            facts = sums.noted(channel, answered, facts)
    except Exception as error:  # noqa: BLE001 - outermost handler of a record: whatever it is, the answers stand
        _log.error("unexpected %s in %s; %d facts are lost", type(error).__name__, place_of(error), asked)
        keeper.lose(asked)
    else:
        keeper.put(channel, facts)
