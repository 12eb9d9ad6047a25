import pytest

from address_match.service.matching.answer import RankedPremises, Reason, Relation
from address_match.service.matching.decision.as_written import as_written
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
