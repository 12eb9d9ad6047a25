"""What explanations say, with the shipped bundle, over a few made-up premises."""

from collections.abc import Iterator

import pytest

from address_match.service.matching.explanation.explanation import ExplainedCandidate
from address_match.service.matching.features.feature import Field
from address_match.service.matching.pipeline import MatchPipeline
from tests.built_index import built_pipeline

REFERENCE = """uprn,address,postcode
1,"12 THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT
2,"30 THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT
3,"FLAT 3, OSIER COURT, QUERN STREET, OTLEY",LS21 7BD
4,"57 ALBERT ROAD, AYLESBURY",HP22 0NG
5,"7 MILL RISE, OTLEY",LS21 5AA
6,"7 MILL RISE, OTLEY",LS21 5AA
"""
TEXTS = (
    "12 Thornbeck Rd, Otley LS21 4QT",
    "flat 4 osier court quern street otley",
    "57 Albert Road, Haywards Heath",
    "7 Mill Rise, Otley",
    "somewhere else altogether",
    "",
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    with built_pipeline(tmp_path_factory.mktemp("explaining"), REFERENCE) as opened:
        yield opened


def words_of(candidate: ExplainedCandidate, field: Field) -> str:
    return next(e.words for e in candidate.evidence if e.field is field)


@pytest.mark.parametrize("text", TEXTS)
def test_the_evidence_sums_to_the_log_odds_and_each_field_to_its_own(
    pipeline: MatchPipeline, text: str
) -> None:
    for candidate in pipeline.explain(text).candidates:
        assert sum(e.log_odds for e in candidate.evidence) == pytest.approx(candidate.log_odds, abs=1e-6)
        for evidence in candidate.evidence:
            parts = sum(c.log_odds for c in evidence.contributions)
            assert parts == pytest.approx(evidence.log_odds, abs=1e-9)


@pytest.mark.parametrize("text", TEXTS)
def test_what_speaks_for_absence_sums_to_its_score(pipeline: MatchPipeline, text: str) -> None:
    absence = pipeline.explain(text).absence
    assert sum(c.log_odds for c in absence.contributions) == pytest.approx(absence.log_odds, abs=1e-9)
    assert absence.words


def test_a_contradicting_number_is_said_in_words_and_speaks_against(pipeline: MatchPipeline) -> None:
    best, second = pipeline.explain("12 Thornbeck Road, Otley, LS21 4QT").candidates[:2]
    assert words_of(best, Field.NUMBER) == "number 12 agrees"
    assert words_of(second, Field.NUMBER) == "number 12 is not 30"
    assert next(e.log_odds for e in second.evidence if e.field is Field.NUMBER) < -1


def test_the_runner_up_lost_by_its_number(pipeline: MatchPipeline) -> None:
    said = pipeline.explain("12 Thornbeck Road, Otley, LS21 4QT").runner_up
    assert said.startswith("2 loses ")
    assert "number 12 is not 30" in said


def test_a_runner_up_that_fits_as_well_is_said_to(pipeline: MatchPipeline) -> None:
    assert "fits as well as the best" in pipeline.explain("7 Mill Rise, Otley").runner_up


def test_a_flat_that_is_not_held_is_why_absence_is_preferred(pipeline: MatchPipeline) -> None:
    explanation = pipeline.explain("Flat 4, Osier Court, Quern Street, Otley, LS21 7BD")
    assert words_of(explanation.candidates[0], Field.FLAT) == "flat 4 is not 3"
    assert "likelier than the best candidate" in explanation.absence.words
    assert "flat 4 is not 3" in explanation.absence.words


@pytest.mark.parametrize("text", TEXTS)
def test_no_sentence_gives_what_neither_side_says_as_a_reason(pipeline: MatchPipeline, text: str) -> None:
    explanation = pipeline.explain(text)
    for sentence in (explanation.absence.words, explanation.runner_up):
        assert "neither" not in sentence
        assert "a current text" not in sentence


def test_another_town_is_said_in_words(pipeline: MatchPipeline) -> None:
    best = pipeline.explain("57 Albert Road, Haywards Heath").candidates[0]
    assert words_of(best, Field.TOWN) == "town HAYWARDS HEATH is not AYLESBURY"


def test_a_street_of_the_same_name_and_another_type_is_not_said_to_stand_in_the_candidate(
    pipeline: MatchPipeline,
) -> None:
    best = pipeline.explain("7 Mill Terrace, Otley, LS21 5AA").candidates[0]
    assert words_of(best, Field.STREET) == "street MILL TERRACE is not MILL RISE"


def test_many_explanations_are_those_of_one_at_a_time(pipeline: MatchPipeline) -> None:
    together = pipeline.explain_each(list(TEXTS))
    assert [e.absence.words for e in together] == [pipeline.explain(text).absence.words for text in TEXTS]
    assert [e.runner_up for e in together] == [pipeline.explain(text).runner_up for text in TEXTS]
    assert [e.answer.status for e in together] == [a.status for a in pipeline.match(TEXTS, thorough=True)]
