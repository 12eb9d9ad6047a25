"""Answers and what they rest on, reported to a listener of the running thread; without one, it costs nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeAlias

from address_match.service.matching.answer import Answer
from address_match.service.matching.query.parse_and_encode import ParsedBatch
from address_match.service.matching.ranking.rank import CalibratedBatch


@dataclass(frozen=True, slots=True)
class PipelineOrigin:
    """What a pipeline was opened from; empty where nobody said."""

    bundle_fingerprint: str = ""
    generation: str = ""
    """Of the index."""
    encoder_fingerprint: str = ""


UNKNOWN = PipelineOrigin()


@dataclass(frozen=True, slots=True)
class Search:
    """The batch in which addresses were searched for."""

    parsed: ParsedBatch
    calibrated: CalibratedBatch
    rows: Sequence[int]
    """Of the batch, in the order of the answers."""
    is_short: bool
    """Whether the short search settled these answers; stored as `by_block_alone`."""


@dataclass(frozen=True, slots=True)
class AnsweredBatch:
    """Some answers of one call."""

    answers: Sequence[Answer]
    origin: PipelineOrigin
    threshold: float | None
    """Least probability of a match; None where nobody said."""
    search: Search | None = None
    """None where nothing was searched for: of blank and overlong texts, and in bulk of those written like a text of the
    reference.
    """
    prior: float | None = None
    """Share of absent addresses that their probabilities assume; None where nobody said."""


AnswerListener: TypeAlias = Callable[[AnsweredBatch], None]

_listener: ContextVar[AnswerListener | None] = ContextVar("answer_listener", default=None)


def answer_listener() -> AnswerListener | None:
    """Return who listens in the running thread, None where nobody does."""
    return _listener.get()


@contextmanager
def listening_to_answers(listener: AnswerListener) -> Iterator[None]:
    """Report the answers of the running thread to a listener for as long as the context lasts."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
