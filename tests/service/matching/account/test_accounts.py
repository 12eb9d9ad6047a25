"""What becomes of every word beside the best candidate, with the shipped bundle, over a few made-up premises."""

import re
from collections.abc import Iterator

import pytest

from address_match.service.matching.account.fault import FaultKind
from address_match.service.matching.account.match_code import MARKS
from address_match.service.matching.account.word_account import Account
from address_match.service.matching.answer import Relation, Status
from address_match.service.matching.explanation.explanation import ExplainedCandidate
from address_match.service.matching.features.feature import Field
from address_match.service.matching.pipeline import MatchPipeline
from tests.built_index import built_pipeline

REFERENCE = """uprn,address,postcode
1,"12 THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT
2,"30 THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT
3,"FLAT 3, OSIER COURT, QUERN STREET, OTLEY",LS21 7BD
4,"OSIER COURT, QUERN STREET, OTLEY",LS21 7BD
5,"57 ALBERT ROAD, AYLESBURY",HP22 0NG
6,"7 MILL RISE, OTLEY",LS21 5AA
7,"4 HEOL TANRHIW, LLANFERRY",SA18 9ZZ
8,"5 CHURCH STREET, MALTBECK",YO17 9XX
9,"ROSE VILLA, SMITHY LANE, OTLEY",LS21 8ZZ
10,"6-10 KIRK LANE, OTLEY",LS21 8ZY
"""
HELD = [re.sub(r"^\d+,|\"", "", line) for line in REFERENCE.splitlines()[1:]]
TOLD = (
    # address, match code of the best candidate, the words that are not the same
    ("12 Thornbeck Rd, Otley LS21 4QT", "premises", "RD abbreviated"),
    ("12 Thornbek Road, Otley", "premises ~street", "THORNBEK respelled"),
    ("4 Tanrhiw Road, Llanferry", "premises ~street", "ROAD translated"),
    ("12 Thornbeck Road, Otley, LS214QT", "premises", "LS214QT respelled"),
    ("8 Kirk Lane, Otley", "premises ~number", "8 respelled"),
    ("Mr J Brown, 7 Mill Rise, Otley", "premises", "MR context, J context, BROWN context"),
    ("Brown Ltd, 7 Mill Rise, Otley, LS21 5AA", "premises", "BROWN context, LTD context"),
    ("7 Mill Rise, Otley, England", "premises", "ENGLAND context"),
    ("7 Mill Rise, Otley blue door", "premises", "BLUE unexplained, DOOR unexplained"),
    ("57 Albert Road, Haywards Heath", "premises !town", "HAYWARDS differs, HEATH differs"),
    ("21 Thornbeck Road, Otley", "street !number", "21 differs"),
    ("5 Church Street East, Maltbeck", "place !street", "EAST differs"),
    ("Rose Cottage, Smithy Lane, Otley", "street !building", "COTTAGE differs"),
    ("Flat 4, Osier Court, Quern Street, Otley", "building -flat", "FLAT missing, 4 missing"),
    ("Flat 3, Osier Court, Otley", "premises +street", ""),
)
TEXTS = (
    *(address for address, _, _ in TOLD),
    "rear of 12 Thornbeck Road",
    "Studio zq, 12 Thornbeck Road",
    *HELD,
)
DECIDING = {Field.NUMBER, Field.FLAT, Field.BUILDING, Field.STREET, Field.POSITION}


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    with built_pipeline(tmp_path_factory.mktemp("accounting"), REFERENCE) as opened:
        yield opened


def best(pipeline: MatchPipeline, text: str) -> ExplainedCandidate:
    return pipeline.explain(text).candidates[0]


@pytest.mark.parametrize(("text", "match_code", "words"), TOLD, ids=[text for text, _, _ in TOLD])
def test_the_words_and_the_code_are_those_that_a_clerk_would_give(
    pipeline: MatchPipeline, text: str, match_code: str, words: str
) -> None:
    found = best(pipeline, text)
    others = [f"{w.text} {w.account}" for w in found.words if w.account is not Account.SAME]
    assert (found.match_code, ", ".join(others)) == (match_code, words)


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_has_one_account_in_its_place_of_the_input(pipeline: MatchPipeline, text: str) -> None:
    explanation = pipeline.explain(text)
    spans = [(labelled.token.start, labelled.token.end) for labelled in explanation.parse.tokens]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for candidate in explanation.candidates:
        assert [(word.start, word.end) for word in candidate.words] == spans


@pytest.mark.parametrize("text", HELD)
def test_a_text_that_the_reference_holds_has_no_faults(pipeline: MatchPipeline, text: str) -> None:
    found = best(pipeline, text)
    assert (found.match_code, found.faults) == ("premises", ())


@pytest.mark.parametrize("text", TEXTS)
def test_every_mark_is_a_fault_and_every_word_at_odds_stands_in_one(
    pipeline: MatchPipeline, text: str
) -> None:
    signs = {FaultKind[verdict.name]: sign for verdict, sign in MARKS.items()}
    for candidate in pipeline.explain(text).candidates:
        marks = candidate.match_code.split()[1:]
        assert [f"{signs[f.fault]}{f.element}" for f in candidate.faults[: len(marks)]] == marks
        named = {word for fault in candidate.faults for word in fault.value.split()}
        open_words = (Account.DIFFERS, Account.MISSING, Account.UNEXPLAINED)
        assert {word.text for word in candidate.words if word.account in open_words} <= named
        assert all(fault.value for fault in candidate.faults)


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_that_decides_differs_in_a_match(pipeline: MatchPipeline, text: str) -> None:
    answer, found = pipeline.match([text])[0], best(pipeline, text)
    differing = {fault.element for fault in found.faults if fault.fault is FaultKind.DIFFERS}
    assert answer.status is not Status.MATCHED or not differing & DECIDING


@pytest.mark.parametrize("text", TEXTS)
def test_a_candidate_of_another_number_part_street_or_building_is_never_exact(
    pipeline: MatchPipeline, text: str
) -> None:
    for candidate in pipeline.explain(text).candidates:
        differing = {fault.element for fault in candidate.faults if fault.fault is FaultKind.DIFFERS}
        assert candidate.relation is not Relation.EXACT or not differing & DECIDING


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("5 Church Street East, Maltbeck", Relation.NONE),
        ("21 Thornbeck Road, Otley", Relation.SAME_STREET),
        ("Rose Cottage, Smithy Lane, Otley", Relation.SAME_STREET),
        ("7 Mill Rise, Otley", Relation.EXACT),
    ],
)
def test_a_relation_follows_from_what_differs(pipeline: MatchPipeline, text: str, relation: Relation) -> None:
    assert best(pipeline, text).relation is relation


def test_a_code_does_not_depend_on_the_others_of_its_batch_nor_on_their_order(
    pipeline: MatchPipeline,
) -> None:
    codes = {text: pipeline.match([text], top=1)[0].match_code for text in TEXTS}
    backwards = pipeline.match(TEXTS[::-1], thorough=True)
    assert {text: a.match_code for text, a in zip(TEXTS[::-1], backwards, strict=True)} == codes


def test_an_explanation_gives_the_codes_of_the_answer(pipeline: MatchPipeline) -> None:
    for text in TEXTS:
        explanation = pipeline.explain(text)
        listed = [candidate.match_code for candidate in explanation.answer.candidates]
        assert [candidate.match_code for candidate in explanation.candidates] == listed


def test_an_answer_without_candidates_has_no_code(pipeline: MatchPipeline) -> None:
    assert pipeline.match([""])[0].match_code == ""


def test_what_is_not_said_weighs_what_its_element_adds(pipeline: MatchPipeline) -> None:
    found = best(pipeline, "21 Thornbeck Road, Otley")
    (fault,) = found.faults
    of_number = next(e.log_odds for e in found.evidence if e.field is Field.NUMBER)
    assert (fault.value, fault.element, fault.weight) == ("21", Field.NUMBER, of_number)
    assert fault.weight < 0
