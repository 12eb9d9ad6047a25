from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.answer import Relation
from address_match.service.matching.explanation.explanation import ExplainedCandidate, FieldEvidence
from address_match.service.matching.explanation.sentences import why_absent_or_not, why_second
from address_match.service.matching.features.feature import Field

SILENT_BUILDING = FieldEvidence(Field.BUILDING, "neither names a building", -0.3, (), silent=True)
NUMBER = FieldEvidence(Field.NUMBER, "number 12 agrees", 2.0, ())
STREET = FieldEvidence(Field.STREET, "street MILL LANE is like HILL LANE", -0.2, ())


def candidate(uprn: str, probability: float, *evidence: FieldEvidence) -> ExplainedCandidate:
    worth = sum(e.log_odds for e in evidence)
    return ExplainedCandidate(
        uprn, "12 MILL LANE", probability, Relation.EXACT, ("block",), ParsedFields(), evidence, worth
    )


def test_what_neither_side_says_is_no_reason_against_a_candidate() -> None:
    said = why_absent_or_not(0.7, [candidate("1", 0.3, SILENT_BUILDING, NUMBER, STREET)])
    assert said.endswith("most speaks against it that street MILL LANE is like HILL LANE (-0.2).")


def test_where_no_field_speaks_against_a_candidate_none_is_named() -> None:
    said = why_absent_or_not(0.7, [candidate("1", 0.3, SILENT_BUILDING, NUMBER)])
    assert said.endswith("no single field speaks against it.")


def test_what_speaks_most_for_a_candidate_is_named() -> None:
    said = why_absent_or_not(0.2, [candidate("1", 0.8, NUMBER, STREET)])
    assert said.endswith("most speaks for it that number 12 agrees (+2.0).")


def test_a_second_that_loses_by_nothing_that_is_said_loses_by_no_single_field() -> None:
    best, second = candidate("1", 0.8, NUMBER), candidate("2", 0.1, NUMBER, SILENT_BUILDING)
    assert why_second([best, second]) == "2 loses 0.3 to the best, by no single field."


def test_nothing_and_no_second_are_said_to_be() -> None:
    assert why_absent_or_not(1.0, []) == "Nothing in the reference resembles this address."
    assert not why_second([candidate("1", 0.8, NUMBER)])
