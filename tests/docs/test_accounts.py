"""Every example of the page about what agrees is answered as it says, and every word of it is explained."""

import pytest

import address_match as am
from address_match.models.bundle import load_bundle
from address_match.parser.word_use import WordUse
from address_match.service.matching.account.match_code import MARKS, Level
from address_match.service.matching.account.word_account import Account
from tests.docs.example_index import page, rows

PAGE = page("docs/use/accounts.md")
CODES = rows(PAGE, "asked", "best candidate", "status", "match code")
PARSES = rows(PAGE, "text", "passed over or not understood")


@pytest.mark.parametrize("row", CODES, ids=[row["asked"] for row in CODES])
def test_an_address_gets_the_code_that_the_page_says(pipeline: am.MatchPipeline, row: dict[str, str]) -> None:
    found = pipeline.match([row["asked"]], thorough=True)[0]
    shown = (found.candidates[0].address, found.status, found.match_code)
    assert shown == (row["best candidate"], row["status"], row["match code"])


def test_every_level_mark_account_and_use_is_explained() -> None:
    assert {row["level"] for row in rows(PAGE, "level", "the candidate")} == set(Level)
    assert {row["mark"] for row in rows(PAGE, "mark", "the element")} == set(MARKS.values())
    assert {row["account"] for row in rows(PAGE, "account", "the word", "example")} == set(Account)
    assert {row["use"] for row in rows(PAGE, "use", "the word")} == set(WordUse)


@pytest.mark.parametrize("row", PARSES, ids=[row["text"] for row in PARSES])
def test_a_parse_says_what_it_passes_over(row: dict[str, str]) -> None:
    with_shipped_models = am.open_parser(load_bundle().path)
    taken = with_shipped_models.parse(row["text"]).words_not_taken()
    assert "; ".join(f"{text}: {use}" for text, use in taken) == row["passed over or not understood"]
