import pytest

from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
from address_match.service.matching.decision.decide import (
    BestPremises,
    CandidatesOfQuery,
    RelatedPremises,
    decide,
)


def candidate(uprn: str, probability: float, relation: Relation = Relation.EXACT) -> RankedPremises:
    return RankedPremises(uprn, f"address of {uprn}", probability, relation)


def related(*candidates: RankedPremises) -> list[RelatedPremises]:
    return [RelatedPremises(each.relation, each.uprn) for each in candidates]


def decided(
    *candidates: RankedPremises,
    absent: float,
    classification: str = "RD04",
    parent: str = "",
    abstain: Reason = Reason.NONE,
) -> Answer:
    best = BestPremises(classification, parent, abstain)
    query = CandidatesOfQuery(candidates, absent, related=related(*candidates), best=best)
    return decide(query, threshold=0.95, listed=5)


def test_a_sure_candidate_is_matched() -> None:
    answer = decided(candidate("1", 0.97), absent=0.03)
    assert (answer.status, answer.uprn, answer.relation) == (Status.MATCHED, "1", Relation.EXACT)


def test_a_candidate_likelier_than_absence_but_unsure_is_for_review() -> None:
    answer = decided(candidate("1", 0.7), absent=0.3)
    assert (answer.status, answer.reason, answer.uprn) == (Status.REVIEW, Reason.LOW, "1")


def test_a_sure_candidate_whose_town_is_not_known_to_be_meant_is_for_review() -> None:
    answer = decided(candidate("1", 0.99), absent=0.01, abstain=Reason.PLACE)
    assert (answer.status, answer.reason) == (Status.REVIEW, Reason.PLACE)


def test_an_unsure_candidate_that_a_rule_forbids_has_the_reason_of_the_rule() -> None:
    answer = decided(candidate("1", 0.7), absent=0.3, abstain=Reason.STREET)
    assert (answer.status, answer.reason) == (Status.REVIEW, Reason.STREET)
    answer = decided(candidate("1", 0.5), candidate("2", 0.45), absent=0.05, abstain=Reason.STREET)
    assert (answer.status, answer.reason) == (Status.REVIEW, Reason.AMBIGUOUS)


def test_many_equal_candidates_that_are_likelier_than_absence_together_are_ambiguous() -> None:
    answer = decided(*(candidate(str(i), 0.15) for i in range(4)), absent=0.4)
    assert (answer.status, answer.reason) == (Status.REVIEW, Reason.AMBIGUOUS)


def test_the_parent_is_offered_though_a_stranger_fits_better() -> None:
    stranger, parent = candidate("3", 0.1, Relation.SAME_STREET), candidate("9", 0.01, Relation.PARENT)
    answer = decided(stranger, parent, absent=0.89)
    assert (answer.relation, answer.related_uprn) == (Relation.PARENT, "9")


def test_without_any_related_premises_nothing_is_offered() -> None:
    answer = decided(candidate("1", 0.2, Relation.NONE), absent=0.8)
    assert (answer.relation, answer.related_uprn) == (Relation.NONE, "")


def test_two_candidates_that_share_the_probability_are_ambiguous() -> None:
    answer = decided(candidate("1", 0.5), candidate("2", 0.45), absent=0.05)
    assert (answer.status, answer.reason) == (Status.REVIEW, Reason.AMBIGUOUS)


def test_the_parent_of_a_missing_flat_is_offered_and_never_matched() -> None:
    answer = decided(candidate("9", 0.98, Relation.PARENT), absent=0.02)
    assert (answer.status, answer.reason, answer.uprn) == (Status.UNMATCHED, Reason.PARENT_ONLY, "")
    assert (answer.related_uprn, answer.relation) == ("9", Relation.PARENT)


def test_when_only_flats_of_the_building_are_held_one_is_offered_as_a_child() -> None:
    answer = decided(candidate("3", 0.3, Relation.CHILD), absent=0.4)
    assert (answer.reason, answer.related_uprn) == (Reason.CHILD_ONLY, "3")


def test_the_parent_of_a_sibling_is_offered() -> None:
    answer = decided(candidate("3", 0.1, Relation.SIBLING), absent=0.9, parent="8")
    assert (answer.reason, answer.related_uprn) == (Reason.PARENT_ONLY, "8")


def test_a_street_record_is_offered_and_never_matched() -> None:
    answer = decided(candidate("1", 0.99), absent=0.01, classification="P")
    assert answer.status is Status.UNMATCHED
    assert answer.candidates[0].uprn == "1"


def test_absence_likelier_than_every_candidate_is_said() -> None:
    answer = decided(candidate("1", 0.2, Relation.SAME_STREET), absent=0.8)
    assert (answer.status, answer.reason, answer.probability) == (Status.UNMATCHED, Reason.ABSENT, 0.2)


def test_no_candidate_at_all_is_absent_for_certain() -> None:
    assert decided(absent=1.0).absent_probability == 1.0


def test_blank_and_unreadable_texts_have_reasons_of_their_own() -> None:
    assert Answer.blank().reason is Reason.BLANK
    assert Answer.failed("too long").error == "too long"


def test_a_text_that_names_only_a_street_is_answered_with_its_premises_offered() -> None:
    best = BestPremises(street_only=True)
    candidates = [candidate("1", 0.99, Relation.SAME_STREET)]
    answer = decide(
        CandidatesOfQuery(candidates, 0.01, related=related(*candidates), best=best), threshold=0.95, listed=5
    )
    assert (answer.status, answer.reason, answer.uprn) == (Status.UNMATCHED, Reason.STREET_ONLY, "")
    assert (answer.relation, answer.related_uprn) == (Relation.SAME_STREET, "1")


@pytest.mark.parametrize("best", [BestPremises(only_of_its_postcode=True), BestPremises(is_written_so=True)])
def test_the_only_premises_of_its_number_and_postcode_and_what_is_written_alike_are_accepted_below_the_threshold(
    best: BestPremises,
) -> None:
    query = CandidatesOfQuery([candidate("1", 0.86)], 0.14, best=best)
    assert decide(query, threshold=0.95, listed=5).status is Status.MATCHED
    unsure = CandidatesOfQuery([candidate("1", 0.7)], 0.3, best=best)
    assert decide(unsure, threshold=0.95, listed=5).status is Status.REVIEW


def test_below_what_a_file_asks_for_nothing_is_accepted_by_its_postcode_either() -> None:
    query = CandidatesOfQuery([candidate("1", 0.86)], 0.14, best=BestPremises(only_of_its_postcode=True))
    answer = decide(query, threshold=0.95, listed=5, least=0.9)
    assert (answer.status, answer.reason) == (Status.REVIEW, Reason.LOW)
