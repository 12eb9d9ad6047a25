"""One pipeline a process for all that is asked of a file: opened once, and lent under each policy."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from address_match.indexer.retrieval import PremisesLookup
    from address_match.service.matching.answer import Answer
    from address_match.service.matching.explanation.explanation import Explanation
    from address_match.service.matching.pipeline import Excluded, MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy


@dataclass(frozen=True, slots=True)
class LentPipeline:
    """A pipeline that stays open for whoever asks it next."""

    pipeline: "MatchPipeline"

    @property
    def retriever(self) -> "PremisesLookup":
        """Return what looks premises up."""
        return self.pipeline.retriever

    def match(
        self, texts: Sequence[str], *, top: int = 5, thorough: bool = False, excluded: "Excluded" = None
    ) -> "list[Answer]":
        """Answer as the pipeline does."""
        return self.pipeline.match(texts, top=top, thorough=thorough, excluded=excluded)

    def explain_each(self, texts: Sequence[str], *, top: int = 5, listed: int = 10) -> "list[Explanation]":
        """Explain as the pipeline does."""
        return self.pipeline.explain_each(texts, top=top, listed=listed)

    def close(self) -> None:
        """Leave it open."""


class OpenUnder(Protocol):
    """Opens a pipeline under a policy."""

    def __call__(self, *, policy: "DecisionPolicy") -> "MatchPipeline":
        """Open it; whoever opened it closes it."""
        ...


_OPEN: "dict[str, MatchPipeline]" = {}
"""What this process has open to be lent, by the name of the run that it is lent to."""


@contextmanager
def lending(open_under: OpenUnder) -> "Iterator[Callable[[DecisionPolicy], Callable[[], LentPipeline]]]":
    """Give what returns, for a policy, what lends a pipeline under it: one in each process, opened when it is first
    asked for.

    That travels to other processes, so `open_under` is a function of a module or a partial of one. Here the pipeline is
    closed in the end; another process has its own until it ends itself.
    """
    run = uuid4().hex
    try:
        yield lambda policy: partial(_lent, run, open_under, policy)
    finally:
        if (pipeline := _OPEN.pop(run, None)) is not None:
            pipeline.close()


def _lent(run: str, open_under: OpenUnder, policy: "DecisionPolicy") -> LentPipeline:
    if run not in _OPEN:
        _OPEN[run] = open_under(policy=policy)
    return LentPipeline(_OPEN[run].under(policy))
