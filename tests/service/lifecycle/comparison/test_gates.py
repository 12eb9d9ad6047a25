"""What a candidate has to pass."""

from dataclasses import replace
from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.comparison.gates import GATES_FILE, Gates, gates_of
from address_match.service.lifecycle.comparison.paired_answers import Comparison, Figures, Slice
from address_match.service.lifecycle.comparison.receipt import read_receipt, receipt_of, write_receipt

ALL_GATES = """
worse_p_value = 0.05
slice_rows = 200
slice_loss = 0.01
calibration_error = 0.01
absent_accepted_more = 0.0
least_rows = 1000
hard_lost = 0
least_agreement = 0.98
slower = 1.1
slower_single = 1.1
more_memory = 1.1
labels_days = 90
"""
GOOD = Figures(800, 0.99, 0.9, 0.01, 0.005)
SAME = Comparison(
    rows=1_000,
    changed=0,
    lost=0,
    gained=0,
    worse_p_value=1.0,
    champion=GOOD,
    candidate=GOOD,
    slices=(Slice("held", 900, 0.9, 0.9, -0.001, 0.001),),
    hard_rows=20,
    unlabelled_rows=100,
    unlabelled_alike=98,
    slower=1.1,
    slower_single=1.1,
    more_memory=1.1,
    labels_days=90.0,
)


@pytest.fixture
def gates(tmp_path: Path) -> Gates:
    """All there are."""
    (tmp_path / GATES_FILE).write_text(ALL_GATES, encoding="utf-8")
    found = gates_of(tmp_path)
    assert found is not None
    return found


def test_a_candidate_that_answers_as_the_champion_passes(gates: Gates) -> None:
    assert gates.failures(SAME) == ()


@pytest.mark.parametrize(
    ("gate", "worse"),
    [
        ("least_rows", replace(SAME, rows=999)),
        ("worse_p_value", replace(SAME, lost=10, worse_p_value=0.001)),
        ("slice_loss", replace(SAME, slices=(Slice("held", 900, 0.9, 0.88, -0.03, -0.01),))),
        ("calibration_error", replace(SAME, candidate=replace(GOOD, calibration_error=0.02))),
        ("absent_accepted_more", replace(SAME, candidate=replace(GOOD, absent_accepted=0.02))),
        ("hard_lost", replace(SAME, hard_lost=1)),
        ("hard_lost", replace(SAME, hard_rows=0)),
        ("least_agreement", replace(SAME, unlabelled_alike=97)),
        ("least_agreement", replace(SAME, unlabelled_rows=0, unlabelled_alike=0)),
        ("slower", replace(SAME, slower=1.11)),
        ("slower", replace(SAME, slower=None)),
        ("slower_single", replace(SAME, slower_single=1.11)),
        ("slower_single", replace(SAME, slower_single=None)),
        ("more_memory", replace(SAME, more_memory=1.11)),
        ("more_memory", replace(SAME, more_memory=None)),
        ("labels_days", replace(SAME, labels_days=90.5)),
        ("labels_days", replace(SAME, labels_days=None)),
    ],
)
def test_each_gate_stops_what_it_is_there_for_and_nothing_else_does(
    gates: Gates, gate: str, worse: Comparison
) -> None:
    assert [failure.partition(":")[0] for failure in gates.failures(worse)] == [gate]
    assert Gates().failures(worse) == ()


@pytest.mark.parametrize(
    "harmless",
    [
        Slice("held", 900, 0.9, 0.88, -0.05, 0.01),
        Slice("held", 900, 0.9, 0.895, -0.009, -0.001),
        Slice("held", 199, 0.9, 0.5, -0.5, -0.3),
    ],
    ids=["its interval holds 0", "a point is not lost", "too few rows"],
)
def test_a_slice_that_may_not_have_lost_stops_nothing(gates: Gates, harmless: Slice) -> None:
    assert gates.failures(replace(SAME, slices=(harmless,))) == ()


def test_a_registry_without_a_file_has_no_gates(tmp_path: Path) -> None:
    assert gates_of(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("worse = 1", "names a gate 'worse'; there are worse_p_value, slice_rows"),
        ('slice_loss = "none"', "has 'none' for slice_loss; give a number"),
        ("slice_loss = ", "cannot be read"),
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / GATES_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        gates_of(tmp_path)


def test_a_receipt_is_read_as_it_was_written_and_for_no_other_bundle(tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    queries.write_text("address,uprn\n", encoding="utf-8")
    receipt = receipt_of("a" * 64, "b" * 64, queries, SAME)
    write_receipt(tmp_path, receipt)
    assert read_receipt(tmp_path, "a" * 64, "b" * 64) == receipt
    assert read_receipt(tmp_path, "a" * 64, "c" * 64) is None


def test_a_receipt_of_other_bundles_is_refused(tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    queries.touch()
    write_receipt(tmp_path, receipt_of("a" * 64, "b" * 64, queries, SAME))
    with pytest.raises(UsageError, match="is of other bundles than its name says"):
        read_receipt(tmp_path, "a" * 64, "b" * 16 + "c" * 48)


def test_a_damaged_receipt_is_refused_with_the_way_out(tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    queries.touch()
    write_receipt(tmp_path, receipt_of("a" * 64, "b" * 64, queries, SAME)).write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="is no receipt, or damaged: compare the bundles again"):
        read_receipt(tmp_path, "a" * 64, "b" * 64)
