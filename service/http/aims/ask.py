"""What one request to the façade of AIMS asks, and how a path answers and refuses."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from address_match.service.http.aims.error_texts import Refusal
from address_match.service.http.aims.parameters import Parameters
from address_match.service.http.answering.matching_service import MatchingService

Json = dict[str, Any]


class RefusedError(Exception):
    """A request that is answered by a refusal, found out while it was answered."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, and what it is answered with."""

    parameters: Parameters
    in_path: Mapping[str, str]
    """What the path itself names: a UPRN, or a postcode."""
    body: Any
    """What was sent as JSON; None where nothing is."""
    service: MatchingService
    client: str
    owner: str
    """Whose jobs are asked for: the id of the key, empty where no keys are asked for."""
    is_gone: Callable[[], Awaitable[bool]]
    epoch: str
    """Of the reference; empty where it is not known."""
    candidates: int
    """That may be asked for at most."""
    source_problem: int = 0
    """Code of what is wrong with the header of the gateway, 0 for none."""
    key_problem: int = 0
    """Code of what is wrong with the key, 0 for none."""


Answering = Callable[[Ask], Awaitable[Json | Response]]
Check = Callable[[Ask], Refusal | None]
Shape = Callable[[Ask], Json]
"""Makes the container of an answer that holds nothing but what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One thing that AIMS can be asked: what is checked in what order, how it is answered, and in what shape refused."""

    answer: Answering
    checks: tuple[Check, ...] = ()
    shape: Shape | None = None
    """Of refusals; None where there are none."""
    shapes: Mapping[int, Shape] = field(default_factory=dict)
    """Of refusals by codes that have another."""
    failure: int = 0
    """Code where the index cannot answer, 0 where there is none."""
    defaults: Mapping[str, float | bool] = field(default_factory=dict)
    is_blank_absent: bool = False
    required: tuple[str, ...] = ()
    """Parameters without which there is no such call."""
    reads: Callable[[Any], bool] | None = None
    """Whether a body is one of this call; None where it has no body."""
    is_open: bool = False
    """Whether no key is asked for: what it tells holds no address."""
