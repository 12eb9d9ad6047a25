import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.answer import Relation
from address_match.service.matching.features.table import compare
from address_match.service.matching.rules.relation import relations
from tests.service.matching.factories import Held, pairs_of


def relation(query: ParsedFields, address: str, candidate: ParsedFields) -> Relation:
    return relations(compare(pairs_of(query, [Held(address, candidate)])))[0]


HIGH_STREET = ParsedFields(number=13, street="HIGH STREET")


def test_the_same_number_of_another_street_is_not_the_premises_asked_for() -> None:
    burleigh_street = ParsedFields(number=13, street="BURLEIGH STREET")
    assert relation(HIGH_STREET, "13 BURLEIGH STREET, CAMBRIDGE", burleigh_street) is Relation.NONE


def test_neither_is_that_of_a_street_of_the_same_name_and_another_type() -> None:
    query = ParsedFields(number=8, street="LOCHLEVEN WAY")
    held = ParsedFields(number=8, street="LOCHLEVEN DRIVE")
    assert relation(query, "8 LOCHLEVEN DRIVE, WICK", held) is Relation.NONE


def test_the_name_of_a_chain_makes_no_premises_of_another_street_the_one_asked_for() -> None:
    query = ParsedFields(number=13, street="HIGH STREET", organisation="CORAL RACING")
    held = ParsedFields(number=13, number_end=14, street="BURLEIGH STREET", organisation="CORAL RACING")
    assert relation(query, "CORAL RACING, 13-14 BURLEIGH STREET", held) is Relation.NONE


@pytest.mark.parametrize("street", ["HIGH STRET", "HIHG STREET", "HIGHSTREET"])
def test_a_slip_in_the_street_makes_it_no_other_street(street: str) -> None:
    assert relation(ParsedFields(number=13, street=street), "13 HIGH STREET", HIGH_STREET) is Relation.EXACT


def test_a_street_that_stands_in_the_text_beside_another_is_the_one_asked_for() -> None:
    query = ParsedFields(number=7, street="BARKBY AVENUE")
    held = ParsedFields(number=7, street="PONTINS BARKBY AVENUE")
    assert relation(query, "7 PONTINS BARKBY AVENUE, PRESTATYN", held) is Relation.EXACT


def test_a_candidate_that_names_no_street_is_on_no_other_street() -> None:
    assert relation(HIGH_STREET, "13 OTLEY", ParsedFields(number=13, town="OTLEY")) is Relation.EXACT
    assert relation(HIGH_STREET, "13 HIGH STRET", ParsedFields(number=15)) is Relation.SAME_STREET
