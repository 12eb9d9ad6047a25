"""What an identifier is to the answer for its address."""

from dataclasses import replace

import pytest

from address_match.service.batch.uprn_audit.verdict import (
    AuditedAnswer,
    AuditedRow,
    AuditVerdict,
    GivenPremises,
    verdict_of,
)
from address_match.service.matching.answer import (
    Answer,
    Duplicate,
    RankedPremises,
    Reason,
    Relation,
    Sameness,
)

HOUSE = RankedPremises("1", "1 MILL LANE", 0.96, Relation.EXACT, "premises")
OTHER = RankedPremises("2", "2 MILL LANE", 0.03, Relation.SAME_STREET, "street !number")
MATCHED = Answer.matched(HOUSE, absent_probability=0.01, candidates=(HOUSE, OTHER))


def review(*candidates: RankedPremises) -> Answer:
    return Answer.review(candidates[0], reason=Reason.LOW, absent_probability=0.1, candidates=candidates)


def judged(answer: Answer, uprn: str, **facts: tuple[str, ...]) -> AuditedRow:
    return verdict_of(AuditedAnswer(answer, **facts), GivenPremises(uprn))


def test_the_premises_that_is_matched_is_right() -> None:
    assert judged(MATCHED, "1") == AuditedRow(AuditVerdict.RIGHT, "", 0.96)


def test_another_one_is_wrong_and_the_better_one_named() -> None:
    assert judged(MATCHED, "2") == AuditedRow(AuditVerdict.WRONG, "1", 0.96)
    assert judged(MATCHED, "7") == AuditedRow(AuditVerdict.WRONG, "1", 0.96)


def test_the_right_premises_in_another_postcode_is_a_conflict() -> None:
    moved = replace(HOUSE, match_code="premises !postcode")
    assert judged(replace(MATCHED, candidates=(moved,)), "1").verdict is AuditVerdict.POSTCODE_CONFLICT


def test_a_parent_or_child_is_told_by_the_reference_or_by_the_words() -> None:
    assert judged(MATCHED, "7", ancestors=("8", "7")) == AuditedRow(AuditVerdict.PARENT, "1", 0.96)
    child = verdict_of(AuditedAnswer(MATCHED), GivenPremises("7", ancestors=("1",)))
    assert child == AuditedRow(AuditVerdict.CHILD, "1", 0.96)
    building = replace(OTHER, relation=Relation.PARENT)
    assert judged(replace(MATCHED, candidates=(HOUSE, building)), "2").verdict is AuditVerdict.PARENT


def test_a_building_whose_part_is_not_held_is_the_parent_and_there_is_no_better_one() -> None:
    building = replace(HOUSE, relation=Relation.PARENT, probability=0.4)
    answer = Answer.unmatched(Reason.PARENT_ONLY, candidates=(building,), related_uprn="1")
    assert judged(answer, "1") == AuditedRow(AuditVerdict.PARENT, "", 0.4)


def test_where_nothing_is_matched_it_is_right_contradicted_or_unsure() -> None:
    likely, unlikely = replace(HOUSE, probability=0.6), replace(OTHER, probability=0.004)
    assert judged(review(likely, unlikely), "1") == AuditedRow(AuditVerdict.RIGHT, "", 0.6)
    assert judged(review(likely, unlikely), "2") == AuditedRow(AuditVerdict.WRONG, "", 0.004)
    assert judged(review(likely, OTHER), "2") == AuditedRow(AuditVerdict.UNSURE, "", 0.03)
    assert judged(Answer.blank(), "1") == AuditedRow(AuditVerdict.UNSURE, "", 0.0)


def test_another_identifier_of_the_place_is_as_right() -> None:
    best, twin = replace(HOUSE, probability=0.45), replace(HOUSE, uprn="9", probability=0.45)
    answer = replace(review(best, twin), duplicates=(Duplicate("9", Sameness.TEXT),))
    assert judged(answer, "9") == AuditedRow(AuditVerdict.RIGHT, "", 0.9)


def test_what_is_not_held_is_unknown_and_what_is_matched_instead_named() -> None:
    assert verdict_of(AuditedAnswer(MATCHED), None) == AuditedRow(AuditVerdict.UNKNOWN, "1", 0.96)
    assert verdict_of(AuditedAnswer(Answer.blank()), None) == AuditedRow(AuditVerdict.UNKNOWN, "", 0.0)


@pytest.mark.parametrize(("current", "better"), [(("3",), "3"), ((), "")])
def test_a_former_premises_is_retired_and_its_place_taken_by_a_current_one(
    current: tuple[str, ...], better: str
) -> None:
    successor = RankedPremises("3", "1 MILL LANE", 0.03, Relation.EXACT, "premises")
    answer = replace(MATCHED, candidates=(HOUSE, successor))
    found = verdict_of(AuditedAnswer(answer, current=current), GivenPremises("1", is_retired=True))
    assert (found.verdict, found.better) == (AuditVerdict.RETIRED, better)
    assert found.probability == pytest.approx(0.75 if better else 0.96)


def test_a_former_premises_whose_address_means_another_one_is_retired_for_that() -> None:
    found = verdict_of(AuditedAnswer(MATCHED), GivenPremises("2", is_retired=True))
    assert found == AuditedRow(AuditVerdict.RETIRED, "1", 0.96)
