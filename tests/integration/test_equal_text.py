"""In bulk, an address that is a text of one premises is answered without a search, and is answered alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers
from address_match.service.matching.decision.equal_text import equal_text_probability
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DEFAULT_PRIOR, DecisionPolicy
from tests.built_index import built_pipeline

REFERENCE = """uprn,address,postcode,text_kind,classification
1,"12 MILL LANE, ANYTOWN",AB1 2CD,postal,RD
2,"ROSE COTTAGE, ANYTOWN",AB1 2CD,postal,RD
3,"THE OLD FORGE, MILL LANE, ANYTOWN",AB1 2CD,historical,RD
4,"16 MILL LANE, ANYTOWN",AB1 2CD,postal,RG02
5,"LAND REAR OF 18 MILL LANE, ANYTOWN",AB1 2CD,postal,RD
6,"20 MILL LANE, ANYTOWN",,postal,RD
7,"MILL LANE, ANYTOWN",AB1 2CD,postal,
8,"22 MILL LANE, ANYTOWN",AB1 2CD,postal,RD
9,"22 MILL LANE ANYTOWN",AB1 2CD,postal,RD
"""
EQUAL = ("12 mill ln. anytown ab12cd", "rose cott, ANYTOWN, AB1 2CD")
SEARCHED = (
    "The Old Forge, Mill Lane, Anytown, AB1 2CD",
    "16 Mill Lane, Anytown, AB1 2CD",
    "Land Rear of 18 Mill Lane, Anytown, AB1 2CD",
    "20 Mill Lane, Anytown",
    "Mill Lane, Anytown, AB1 2CD",
    "22 Mill Lane, Anytown, AB1 2CD",
    "14 Mill Lane, Anytown, AB1 2CD",
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    with built_pipeline(tmp_path_factory.mktemp("equal"), REFERENCE) as opened:
        yield opened


def unable_to_search(pipeline: MatchPipeline) -> MatchPipeline:
    """The same without what a search needs."""
    return replace(pipeline, ranker=None)  # type: ignore[arg-type]  # none is asked


def is_searched_for(pipeline: MatchPipeline, text: str, *, thorough: bool = False) -> bool:
    try:
        unable_to_search(pipeline).match([text], top=1, thorough=thorough)
    except AttributeError:
        return True
    return False


@pytest.mark.parametrize("text", EQUAL)
def test_an_equal_text_is_answered_without_a_search(pipeline: MatchPipeline, text: str) -> None:
    assert not is_searched_for(pipeline, text)


@pytest.mark.parametrize("text", SEARCHED)
def test_what_says_too_little_or_is_of_two_premises_is_searched_for(
    pipeline: MatchPipeline, text: str
) -> None:
    assert is_searched_for(pipeline, text)


def test_the_decision_is_that_of_the_search(pipeline: MatchPipeline) -> None:
    def decided(answers: list[Answer]) -> list[tuple[str, ...]]:
        return [
            (a.status, a.reason, a.uprn, a.address, a.relation, a.match_code, a.town, str(a.names_place))
            for a in answers
        ]

    texts = [*EQUAL, *SEARCHED, "", EQUAL[0]]
    found = pipeline.match(texts, top=1)
    assert decided(found) == decided(pipeline.match(texts, top=1, thorough=True))
    assert [a.status for a in found[:2]] == [Status.MATCHED] * 2
    assert [a.probability + a.absent_probability for a in found[:2]] == pytest.approx([1, 1])


def test_whoever_asks_for_more_than_an_answer_has_it_searched_for(pipeline: MatchPipeline) -> None:
    assert is_searched_for(pipeline, EQUAL[0], thorough=True)
    assert is_searched_for(pipeline.at(date(2020, 1, 1)), EQUAL[0])
    assert len(pipeline.match([EQUAL[0]], top=2)[0].candidates) == 2


def test_whoever_listens_is_told_of_each_answer_and_has_nothing_searched_for(pipeline: MatchPipeline) -> None:
    answered: list[AnsweredBatch] = []
    unheard = pipeline.match([EQUAL[0], SEARCHED[0]], top=1)
    with listening_to_answers(answered.append):
        assert pipeline.match([EQUAL[0], SEARCHED[0]], top=1) == unheard
    assert [(len(each.answers), each.search is None) for each in answered] == [(1, False), (1, True)]


def test_a_premises_that_is_treated_as_not_held_is_not_answered(pipeline: MatchPipeline) -> None:
    answers = pipeline.match(EQUAL, top=1, excluded=[frozenset({"1"}), frozenset()])
    assert [answer.uprn for answer in answers] == ["", "2"]


def test_a_stricter_threshold_than_the_probability_leaves_it_to_the_search(pipeline: MatchPipeline) -> None:
    assert is_searched_for(pipeline.under(DecisionPolicy(threshold=0.99999)), EQUAL[0])


def test_the_likelier_absence_is_the_less_sure_an_equal_text() -> None:
    likely = [equal_text_probability(prior) for prior in (0.01, DEFAULT_PRIOR, 0.6, 0.95)]
    assert likely == sorted(likely, reverse=True)
    assert likely[0] == likely[1] == pytest.approx(0.9999)
    assert likely[-1] == pytest.approx(0.9956, abs=1e-4)
