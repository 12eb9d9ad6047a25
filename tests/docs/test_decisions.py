"""Every example of the page about decisions is answered as it says."""

import csv

import pytest

import address_match as am
from tests.docs.example_index import REFERENCE, page, rows

PAGE = page("docs/use/decisions.md")
REASONS = rows(PAGE, "asked", "status", "reason", "named or offered", "why")
RELATIONS = rows(PAGE, "relation", "the premises named is", "example")
SHOWN = [row for row in RELATIONS if row["example"]]
SETTINGS = rows(PAGE, "prior of absence", "precision", "probability", "status")
SPECIAL = {"*(empty)*": "", "*(more than 10,000 characters)*": "x" * 10_001}


def addresses() -> dict[str, str]:
    """The addresses of the reference, by identifier."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return {row["uprn"]: row["address"] for row in csv.DictReader(file)}


def answer(pipeline: am.MatchPipeline, asked: str) -> am.Answer:
    return pipeline.match([SPECIAL.get(asked, asked)], thorough=True)[0]


@pytest.mark.parametrize("row", REASONS, ids=[row["asked"] for row in REASONS])
def test_an_address_gets_the_status_and_the_reason_that_the_page_says(
    pipeline: am.MatchPipeline, row: dict[str, str]
) -> None:
    found = answer(pipeline, row["asked"])
    named = addresses().get(found.uprn or found.related_uprn, "")
    assert (found.status, found.reason, named) == (row["status"], row["reason"], row["named or offered"])


def test_every_status_and_every_reason_has_an_example() -> None:
    assert {row["reason"] for row in REASONS} == set(am.Reason)
    assert {row["status"] for row in REASONS} == set(am.Status)


@pytest.mark.parametrize("row", SHOWN, ids=[row["relation"] for row in SHOWN])
def test_a_relation_is_that_of_its_example(pipeline: am.MatchPipeline, row: dict[str, str]) -> None:
    asked, _, offered = row["example"].removeprefix("asked: ").partition("; offered: ")
    found = answer(pipeline, asked)
    assert (found.relation, addresses()[found.related_uprn]) == (row["relation"], offered)


def test_every_relation_is_explained() -> None:
    explained = {row["relation"].replace("empty", "") for row in RELATIONS}
    assert explained == set(am.Relation)


@pytest.mark.parametrize(
    "row", SETTINGS, ids=[f"{row['prior of absence']}-{row['precision']}" for row in SETTINGS]
)
def test_one_address_is_decided_as_the_page_says_under_each_setting(
    pipeline: am.MatchPipeline, row: dict[str, str]
) -> None:
    policy = am.DecisionPolicy(float(row["prior of absence"]), float(row["precision"]))
    found = pipeline.under(policy).match(["12 Tanfld, Shldn"], thorough=True)[0]
    assert found.status == row["status"]
    assert found.probability == pytest.approx(float(row["probability"]), abs=6e-4)
