"""What is looked up beside the answers of addresses that were matched together, in the same turn: of eight at once it costs little more than of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from address_match.service.fault_isolation import answers_or_faults
from address_match.service.http.deployments.deployment import ServedPipeline
from address_match.service.lookup.narrowed_lists import narrowed_lists
from address_match.service.lookup.not_held import NotHeld, may_lack_a_part, not_held
from address_match.service.lookup.premises_filter import PremisesFilter
from address_match.service.matching.answer import Answer

Found_co = TypeVar("Found_co", covariant=True)
Matched = tuple[str, Answer]
"""An address and its answer."""


class Beside(Protocol[Found_co]):
    """Looks something up of several answers; equal ones are asked together, so that they can be hashed."""

    def __call__(self, pipeline: ServedPipeline, matched: Sequence[Matched]) -> Sequence[Found_co]:
        """Return what is found of each, in order."""
        ...


@dataclass(frozen=True, slots=True)
class NothingBeside:
    """Looks nothing up."""

    def __call__(self, pipeline: ServedPipeline, matched: Sequence[Matched]) -> Sequence[None]:  # noqa: ARG002 - the port's
        """Return None of each."""
        return [None] * len(matched)


NOTHING_BESIDE = NothingBeside()


@dataclass(frozen=True, slots=True)
class PartsNotHeld:
    """Looks up the part of each address that is not held beside the premises which its answer offers."""

    within: PremisesFilter

    def __call__(self, pipeline: ServedPipeline, matched: Sequence[Matched]) -> Sequence[NotHeld | None]:
        """Return the part of each, None where none is known."""
        lacking = [place for place, (_, answer) in enumerate(matched) if may_lack_a_part(answer)]
        found: list[NotHeld | None] = [None] * len(matched)
        if lacking:
            lists = narrowed_lists(pipeline.retriever, self.within)
            parses = pipeline.parser.parse_batch([matched[place][0] for place in lacking])
            for place, parse in zip(lacking, parses, strict=True):
                found[place] = not_held(parse, matched[place][1], lists)
        return found


def found_beside(
    pipeline: ServedPipeline,
    besides: Sequence[Beside[Any]],
    texts: Sequence[str],
    answers: Sequence[Answer | Exception],
) -> list[tuple[Answer, Any] | Exception]:
    """Return each answer with what is looked up beside it, or the error that either raises; equal look-ups are made together."""
    found: list[tuple[Answer, Any] | Exception] = []
    groups: dict[Beside[Any], list[tuple[int, Matched]]] = {}
    for place, (beside, text, answer) in enumerate(zip(besides, texts, answers, strict=True)):
        if isinstance(answer, Exception):
            found.append(answer)
        else:
            found.append((answer, None))
            groups.setdefault(beside, []).append((place, (text, answer)))
    for beside, group in groups.items():
        each = _each(pipeline, beside, [matched for _, matched in group])
        for (place, (_, answer)), one in zip(group, each, strict=True):
            found[place] = one if isinstance(one, Exception) else (answer, one)
    return found


def _each(pipeline: ServedPipeline, beside: Beside[Any], matched: Sequence[Matched]) -> Sequence[Any]:
    """Look up of each, or give the error in its place; one that no answer is to blame for belongs to all of them."""
    try:
        return answers_or_faults(partial(beside, pipeline), matched)
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait for it
        return [error] * len(matched)
