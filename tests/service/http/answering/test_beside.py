"""What is looked up beside answers: of equal look-ups together, and a fault of one costs no other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.answering.beside import Matched, NothingBeside, found_beside
from address_match.service.http.deployments.deployment import ServedPipeline
from tests.service.http.service_under_test import SmallPipeline

TEXTS = ("1 mill lane", "2 mill lane", "3 mill lane")
PIPELINE = SmallPipeline()
ANSWERS = PIPELINE.match(TEXTS)


@dataclass(frozen=True, slots=True)
class Named:
    """Names the texts of each call; raises what it is told to where a text is among them."""

    kind: str
    raises: tuple[tuple[str, Exception], ...] = ()
    calls: list[tuple[str, ...]] = field(default_factory=list, compare=False)

    def __call__(self, pipeline: ServedPipeline, matched: Sequence[Matched]) -> Sequence[str]:  # noqa: ARG002 - the port's
        texts = tuple(text for text, _ in matched)
        self.calls.append(texts)
        for text, error in self.raises:
            if text in texts:
                raise error
        return [f"{self.kind} {text}" for text in texts]


def test_equal_look_ups_are_made_together_and_each_answer_gets_its_own() -> None:
    first, other, again = Named("a"), Named("b"), Named("a")
    found = found_beside(PIPELINE, [first, other, again], TEXTS, ANSWERS)
    assert found == [
        (ANSWERS[0], "a 1 mill lane"),
        (ANSWERS[1], "b 2 mill lane"),
        (ANSWERS[2], "a 3 mill lane"),
    ]
    assert (first.calls, again.calls) == ([("1 mill lane", "3 mill lane")], [])


def test_what_was_not_answered_keeps_its_error_and_is_not_looked_up() -> None:
    error, beside = ValueError("at fault"), Named("a")
    found = found_beside(PIPELINE, [beside] * 3, TEXTS, [error, *ANSWERS[1:]])
    assert found[0] is error
    assert beside.calls == [TEXTS[1:]]


def test_a_look_up_that_fails_costs_the_others_nothing() -> None:
    error = ValueError("at fault")
    beside = Named("a", raises=((TEXTS[1], error),))
    found = found_beside(PIPELINE, [beside] * 3, TEXTS, ANSWERS)
    assert found == [(ANSWERS[0], "a 1 mill lane"), error, (ANSWERS[2], "a 3 mill lane")]


def test_an_index_that_is_gone_fails_those_alone_who_look_something_up() -> None:
    gone = EngineUnavailableError("gone")
    beside = Named("a", raises=((TEXTS[0], gone),))
    found = found_beside(PIPELINE, [beside, NothingBeside(), beside], TEXTS, ANSWERS)
    assert found == [gone, (ANSWERS[1], None), gone]
