"""One pipeline for all that is asked of a file in this process: opened once, and lent under each policy."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

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

    def explain_each(self, texts: Sequence[str], *, top: int = 5) -> "list[Explanation]":
        """Explain as the pipeline does."""
        return self.pipeline.explain_each(texts, top=top)

    def close(self) -> None:
        """Leave it open."""


class PipelineLender(AbstractContextManager["PipelineLender"]):
    """Opens a pipeline when it is first asked for, lends it under each policy, and closes it in the end."""

    def __init__(self, open_under: "Callable[[DecisionPolicy], MatchPipeline]") -> None:
        self._open_under = open_under
        self._pipeline: MatchPipeline | None = None

    def under(self, policy: "DecisionPolicy") -> Callable[[], LentPipeline]:
        """Return what lends the pipeline under a policy; raises then as `open_pipeline` does."""
        return partial(self._lend, policy)

    def _lend(self, policy: "DecisionPolicy") -> LentPipeline:
        if self._pipeline is None:
            self._pipeline = self._open_under(policy)
        return LentPipeline(self._pipeline.under(policy))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pipeline is not None:
            self._pipeline.close()
