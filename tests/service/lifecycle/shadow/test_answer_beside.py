from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from address_match.service.lifecycle.shadow.answer_beside import facts_beside
from address_match.service.lifecycle.shadow.given_answers import GivenAnswer, GivenAnswers
from address_match.service.matching.answer import Status
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline

TEXTS = ("", "12 Tanfield Road, Shildon, DL4 5QA", "77 Unheard Of Street, Nowhere")


@pytest.fixture(scope="module")
def pipeline(example_index: Path) -> Iterator[MatchPipeline]:
    with closing(open_pipeline(example_index)) as opened:
        yield opened


def test_each_fact_names_the_answer_that_was_given_in_its_place(pipeline: MatchPipeline) -> None:
    given = (
        GivenAnswer(Status.UNMATCHED, ""),
        GivenAnswer(Status.REVIEW, "100000000104"),
        GivenAnswer(Status.MATCHED, "1"),
    )
    facts = facts_beside(pipeline, GivenAnswers("bulk", "c" * 64, TEXTS, given))
    found = [(fact.status, fact.champion_status, fact.same_premises) for fact in facts]
    assert found == [
        ("unmatched", "unmatched", True),
        ("matched", "review", True),
        ("unmatched", "matched", False),
    ]
    assert {fact.champion for fact in facts} == {"c" * 12}
