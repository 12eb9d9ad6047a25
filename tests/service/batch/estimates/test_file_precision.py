"""How many of a file's matches are right, from their probabilities and from the test that the file makes on itself."""

import pytest

from address_match.service.batch.estimates.file_evidence import FileEvidence, SeenAnswer
from address_match.service.batch.estimates.file_precision import FilePrecision, estimate_file_precision
from address_match.service.batch.estimates.leave_out_test import LeftOut
from address_match.service.batch.summary import Summary
from address_match.service.evaluation.intervals import EstimatedShare


def file_of(held: int, missing: int, *, copies: int = 1) -> FileEvidence:
    """Held addresses are matched with .99 and missing ones are absent with .99."""
    evidence = FileEvidence()
    for row in range(held * copies):
        evidence.add_answer(SeenAnswer(f"{row // copies} MILL LANE", str(row), 0.989, 0.01, is_matched=True))
    for row in range(missing * copies):
        evidence.add_answer(SeenAnswer(f"{row // copies} ELSEWHERE", "", 0.01, 0.99, is_matched=False))
    return evidence


def precision(evidence: FileEvidence, accepted: int = 0, tested: int = 300) -> EstimatedShare:
    found = estimate_file_precision(evidence, LeftOut(tested, accepted), 0.3).precision
    assert found is not None
    return found


def test_wrong_matches_are_expected_of_absent_addresses_at_the_tested_rate() -> None:
    clean, unsafe = precision(file_of(500, 500), 0), precision(file_of(500, 500), 30)
    assert clean.value == pytest.approx(0.988, abs=0.005)
    assert unsafe.value == pytest.approx(0.94, abs=0.01)  # half of them by the test, 10 %
    assert unsafe.low < 0.90


def test_the_same_rate_costs_little_where_few_are_absent() -> None:
    assert precision(file_of(980, 20), 30).value > 0.99


def test_recall_is_the_share_of_held_addresses() -> None:
    found = estimate_file_precision(file_of(500, 500), LeftOut(300, 0), 0.3).recall
    assert found is not None
    assert found.low <= 0.985 <= found.high


def test_a_short_file_is_less_certain_than_a_long_one() -> None:
    short, long = precision(file_of(50, 50), tested=50), precision(file_of(2_000, 2_000))
    assert short.high - short.low > 2 * (long.high - long.low)


def test_copies_of_rows_add_no_certainty() -> None:
    once, often = precision(file_of(100, 100)), precision(file_of(100, 100, copies=20))
    assert often.high - often.low > 0.8 * (once.high - once.low)


@pytest.mark.parametrize(
    "evidence",
    [FileEvidence(), file_of(1, 0), file_of(1, 0, copies=500), file_of(0, 500), file_of(29, 500)],
    ids=["blanks", "one row", "equal rows", "only absent", "few matched"],
)
def test_of_too_few_rows_nothing_is_said(evidence: FileEvidence) -> None:
    found = estimate_file_precision(evidence, LeftOut(min(300, evidence.matched.seen), 0), 0.3)
    assert (found.precision, found.recall) == (None, None)
    assert "expected right: too few to say" in found.as_text()


def test_the_same_file_gives_the_same_estimate() -> None:
    assert precision(file_of(300, 100), 2) == precision(file_of(300, 100), 2)


def test_a_file_says_how_many_rows_to_check() -> None:
    found = estimate_file_precision(file_of(5_000, 100), LeftOut(300, 0), 0.3)
    assert 300 <= found.check <= 1_000
    assert estimate_file_precision(file_of(60, 10), LeftOut(60, 0), 0.3).check == 60


def test_the_interval_lies_in_the_possible_and_holds_the_value() -> None:
    for held, missing, accepted in ((60, 0, 0), (60, 3_000, 60), (3_000, 1, 300)):
        found = precision(file_of(held, missing), accepted, tested=max(accepted, 60))
        assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_summary_says_it_where_it_was_asked_for() -> None:
    share = EstimatedShare(0.991, 0.986, 0.994)
    summary = Summary(file_precision=FilePrecision(share, share, LeftOut(300, 2), 400))
    assert "expected right 99.1 % (98.6–99.4), recall 99.1 % (98.6–99.4); 2 of 300" in summary.as_text()
    assert "check 400 rows by hand to know it ± 1 point" in summary.as_text()
    assert summary.as_json()["expected"] == {
        "precision": {"value": 0.991, "low": 0.986, "high": 0.994},
        "recall": {"value": 0.991, "low": 0.986, "high": 0.994},
        "tested": 300,
        "tested_accepted": 2,
        "check": 400,
    }
    assert Summary().as_json()["expected"] is None
