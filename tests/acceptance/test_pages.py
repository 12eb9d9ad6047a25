"""Every case of every page, answered by the shipped bundle through a real index and the whole pipeline."""

from collections.abc import Callable

import pytest

from address_match.service.matching.answer import Answer, Relation, Status
from tests.acceptance.answering import decide_batch
from tests.acceptance.known_failures import known_failures
from tests.acceptance.page import Case, Expected, Page, read_pages

ALLOWED: dict[Expected, frozenset[Status]] = {
    Expected.MATCHED: frozenset({Status.MATCHED}),
    Expected.REVIEW: frozenset({Status.REVIEW}),
    Expected.UNMATCHED: frozenset({Status.UNMATCHED}),
    Expected.FOUND: frozenset({Status.MATCHED, Status.REVIEW}),
    Expected.NOT_MATCHED: frozenset({Status.REVIEW, Status.UNMATCHED}),
}
EVENLY = 0.01
"""Difference between the probabilities of premises that the text cannot tell apart, at most."""

PageAnswers = Callable[[Page], list[Answer]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> PageAnswers:
    """Answer a page, once."""
    known: dict[str, list[Answer]] = {}

    def answer(page: Page) -> list[Answer]:
        if page.name not in known:
            known[page.name] = decide_batch(page, tmp_path_factory.mktemp(page.name))
        return known[page.name]

    return answer


def parameters() -> list[object]:
    failing = known_failures()
    return [
        pytest.param(
            page,
            number,
            id=f"{page.name}: {case.query}",
            marks=[pytest.mark.xfail(strict=True, reason=reason)]
            if (reason := failing.get((page.name, case.query)))
            else [],
        )
        for page in read_pages()
        for number, case in enumerate(page.cases)
    ]


@pytest.mark.parametrize(("page", "number"), parameters())
def test_case(page: Page, number: int, answers: PageAnswers) -> None:
    case, answer = page.cases[number], answers(page)[number]
    assert answer.status in ALLOWED[case.status], told(case, answer)
    if case.relation:
        assert relation_of(answer) == case.relation, told(case, answer)
    if len(case.uprns) == 1:
        assert offered(answer) == case.uprns[0], told(case, answer)
    elif case.uprns and case.relation == Relation.CHILD:
        assert offered(answer) in case.uprns, told(case, answer)
    elif case.uprns:
        best = answer.candidates[: len(case.uprns)]
        assert {c.uprn for c in best} == set(case.uprns), told(case, answer)
        assert best[0].probability - best[-1].probability <= EVENLY, told(case, answer)


def test_every_known_failure_is_a_case() -> None:
    assert set(known_failures()) <= {(page.name, case.query) for page in read_pages() for case in page.cases}


def test_there_are_enough_cases() -> None:
    assert sum(len(page.cases) for page in read_pages()) >= 150


def offered(answer: Answer) -> str:
    """The premises that an answer names: matched, for review, related, or else the best candidate."""
    best = answer.candidates[0].uprn if answer.candidates else ""
    return answer.uprn or answer.related_uprn or best


def relation_of(answer: Answer) -> str:
    """The relation of what an answer offers, else that of its best candidate."""
    return answer.relation or (answer.candidates[0].relation if answer.candidates else "")


def told(case: Case, answer: Answer) -> str:
    lines = [f"{case.query!r} should be {case.status} ({case.rule}) but is {answer.status} {answer.reason}"]
    lines += [f"  {c.probability:.3f} {c.relation:<11} {c.uprn} {c.address}" for c in answer.candidates[:4]]
    return "\n".join([*lines, f"  {answer.absent_probability:.3f} absent"])
