import pytest

from address_match.service.matching.answer import RankedPremises, Reason, Relation
from address_match.service.matching.decision.as_written import as_written, judged_by_words
from address_match.service.matching.decision.decide import BestPremises

HELD = RankedPremises(
    "1", "Unit 3B, Eagle Cl., Elm Business Park, LS21 4QT", 0.99, Relation.PARENT, "building -flat"
)


@pytest.mark.parametrize("barred", [Reason.NUMBER, Reason.NAME, Reason.STREET, Reason.NONE])
def test_what_is_written_like_the_query_is_the_premises_however_it_was_read(barred: Reason) -> None:
    words = ["UNIT", "3B", "EAGLE", "CLOSE", "ELM", "BUSINESS", "PARK", "LS214QT"]
    candidate, best = as_written(HELD, BestPremises(abstain=barred), words)
    assert (candidate.relation, candidate.match_code) == (Relation.EXACT, "premises")
    assert best.abstain is Reason.NONE


@pytest.mark.parametrize("barred", [Reason.POSITION, Reason.PLACE])
def test_what_the_words_themselves_say_still_bars(barred: Reason) -> None:
    words = ["UNIT", "3B", "EAGLE", "CLOSE", "ELM", "BUSINESS", "PARK", "LS214QT"]
    assert as_written(HELD, BestPremises(abstain=barred), words)[1].abstain is barred


@pytest.mark.parametrize(
    "words",
    [
        ["3B", "UNIT", "EAGLE", "CLOSE", "ELM", "BUSINESS", "PARK", "LS214QT"],
        ["UNIT", "3B", "EAGLE", "CLOSE", "ELM", "BUSINESS", "PARK"],
    ],
)
def test_other_words_or_another_order_are_read(words: list[str]) -> None:
    best = BestPremises(abstain=Reason.NUMBER)
    assert as_written(HELD, best, words) == (HELD, best)


IN_MARKET = RankedPremises("2", "76 Elm Market, Otley, LS21 4QT", 0.95, Relation.EXACT, "premises")
_UNREAD = BestPremises(number_unread=True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["114-120", "ELM", "MARKET", "OTLEY"], Reason.NUMBER),
        (["76", "ELM", "MARKET", "OTLEY"], Reason.NONE),
        (["76A-78", "ELM", "MARKET", "OTLEY"], Reason.NONE),
        (["ELM", "MARKET", "OTLEY"], Reason.NONE),
    ],
)
def test_numbers_that_no_reading_compared_bar_where_each_side_has_one_of_its_own(
    words: list[str], reason: Reason
) -> None:
    assert judged_by_words(IN_MARKET, _UNREAD, words, threshold=0.9)[1].abstain is reason


def test_numbers_that_were_read_are_compared_by_their_rule_alone() -> None:
    best = judged_by_words(IN_MARKET, BestPremises(), ["114", "ELM", "MARKET"], threshold=0.9)[1]
    assert best.abstain is Reason.NONE


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["76", "ELM", "MARKET", "OTLEY"], True),
        (["ELM", "MARKET", "76", "OTLEY"], False),
        (["76", "ELM", "MARKET"], False),
        (["76", "ELM", "MARKET", "OTLEY", "LS21", "4QT"], True),
        (["76", "ELM", "MARKET", "OTLEY", "WEST", "LS21", "4QT"], False),
    ],
)
def test_a_text_may_be_the_words_of_the_query_and_a_postcode_behind_them_or_none(
    words: list[str], *, written: bool
) -> None:
    doubted = judged_by_words(IN_MARKET, BestPremises(), words, threshold=0.99)[1]
    assert doubted.is_written_so is written
