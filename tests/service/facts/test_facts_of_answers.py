"""What is kept of an answer."""

import pytest

from address_match.service.facts.fact import FACT_SCHEMA, Fact, fact_table
from address_match.service.facts.sink import gathering
from address_match.service.matching.pipeline import MatchPipeline
from tests.service.facts.kept_facts import ListKeeper, a_fact, facts_of

ASKED = "12 tanfeild rd shildon"


def test_a_fact_says_how_the_best_candidate_was_found_and_how_it_agrees(pipeline: MatchPipeline) -> None:
    (fact,) = facts_of(pipeline, ASKED)
    assert (fact.status, fact.reason, fact.relation) == ("matched", "", "exact")
    assert (fact.level, fact.number, fact.street, fact.town) == ("premises", "agrees", "respelled", "agrees")
    assert fact.channels is not None
    assert "lexical" in fact.channels
    assert (fact.by_block_alone, fact.classification) == (False, "R")


def test_a_fact_says_what_the_text_names_and_how_long_it_is(pipeline: MatchPipeline) -> None:
    (fact,) = facts_of(pipeline, ASKED)
    assert (fact.characters, fact.words) == (0, 4)
    assert (fact.says_number, fact.says_street, fact.says_town, fact.says_postcode) == (
        True,
        True,
        True,
        False,
    )


def test_a_fact_says_by_which_models_and_index_it_was_answered(pipeline: MatchPipeline) -> None:
    (fact,) = facts_of(pipeline, ASKED)
    assert (fact.bundle, fact.generation) == (pipeline.origin.bundle_fingerprint[:12], "g000001")
    assert fact.threshold == pipeline.threshold


def test_an_answer_that_the_postcode_settled_says_so(pipeline: MatchPipeline) -> None:
    (fact,) = facts_of(pipeline, "12 Tanfield Road, Shildon, DL4 5QA")
    assert (fact.by_block_alone, fact.channels) == (True, "block")


def test_numbers_are_rounded_so_that_they_are_no_fingerprint(pipeline: MatchPipeline) -> None:
    (fact,) = facts_of(pipeline, "3 tanfield rd shildn", thorough=True)
    for value in (fact.probability, fact.absent_probability, fact.next_probability):
        assert value == pytest.approx(round(value or 0.0, 3), abs=1e-12)
    for share in (fact.cosine, fact.query_share, fact.candidate_share):
        assert share == pytest.approx(round(share or 0.0, 1), abs=1e-12)
    assert fact.moment % 60 == 0


def test_a_blank_text_has_a_fact_without_a_search(pipeline: MatchPipeline) -> None:
    (fact,) = facts_of(pipeline, "  ")
    assert (fact.status, fact.reason) == ("unmatched", "blank")
    assert (fact.candidates, fact.level, fact.words) == (None, None, None)


def test_each_address_of_a_call_has_one_fact(pipeline: MatchPipeline) -> None:
    texts = [ASKED, "", "12 Tanfield Road, Shildon, DL4 5QA", "nowhere at all", "x" * 20_000]
    assert sorted(fact.reason for fact in facts_of(pipeline, *texts)) == [
        "",
        "",
        "absent",
        "blank",
        "error",
    ]


def test_an_explanation_is_an_answer_too(pipeline: MatchPipeline) -> None:
    keeper = ListKeeper()
    with gathering(keeper, "single", 2):
        pipeline.explain_each([ASKED, ""])
    assert sorted(fact.status for fact in keeper.facts) == ["matched", "unmatched"]


def test_an_address_of_which_nothing_was_told_has_failed() -> None:
    keeper = ListKeeper()
    with gathering(keeper, "single", 1):
        pass
    assert [(fact.status, fact.reason) for fact in keeper.facts] == [("unmatched", "error")]


def test_a_call_that_fails_leaves_no_facts() -> None:
    keeper = ListKeeper()
    with pytest.raises(LookupError), gathering(keeper, "single", 1):
        raise LookupError
    assert keeper.facts == []


def test_facts_lie_in_columns_of_one_schema() -> None:
    table = fact_table([a_fact(status="matched"), a_fact(words=4)])
    assert table.schema == FACT_SCHEMA
    assert table.column("status").to_pylist() == ["matched", "unmatched"]
    assert table.column("words").to_pylist() == [None, 4]


def test_a_fact_has_some_fifty_columns_and_none_for_an_address_or_an_identifier() -> None:
    assert len(Fact._fields) == len(FACT_SCHEMA) == 52
    assert not {"address", "uprn", "text", "id", "vector", "key", "client"} & set(Fact._fields)
