"""What a coder wrote is taken in whole, or refused with the row at fault."""

from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.label_file import WrittenLabel
from address_match.service.lifecycle.labels.label_set import judgements_of
from address_match.service.lifecycle.labels.store import LabelStore
from address_match.service.lifecycle.labels.take_in import TakenIn, take_in
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict
from tests.service.lifecycle.labels.factories import sampled, store_of


@pytest.fixture
def store(tmp_path: Path) -> LabelStore:
    return store_of(
        tmp_path, sampled("a1"), sampled("a2", blind=True), sampled("a3", uprn="", status="unmatched")
    )


def written(*labels: tuple[str, str, str]) -> list[WrittenLabel]:
    return [WrittenLabel(f"row {row} of f.csv", *label) for row, label in enumerate(labels, 1)]


def said(store: LabelStore, coder: str = "ann") -> dict[str, Judgement]:
    return judgements_of(store.coded(), coder)


def test_verdicts_are_kept_with_the_premises_that_is_meant(store: LabelStore) -> None:
    rows = written(("a1", " Right", ""), ("a2", "", "0300"), ("a3", "not  in the reference", ""))
    assert take_in(rows, store, "ann") == TakenIn(new=3, known=0, open=0)
    assert said(store) == {
        "a1": Judgement(Verdict.RIGHT, "0100"),
        "a2": Judgement(Verdict.OTHER, "0300"),
        "a3": Judgement(Verdict.ABSENT),
    }


def test_a_blind_answer_is_right_where_its_own_premises_is_named(store: LabelStore) -> None:
    take_in(written(("a2", "other premises", "0100")), store, "ann")
    assert said(store)["a2"] == Judgement(Verdict.RIGHT, "0100")


def test_rows_without_a_verdict_stay_open_and_come_later(store: LabelStore) -> None:
    assert take_in(written(("a1", "right", ""), ("a3", "", "")), store, "ann").open == 1
    again = written(("a1", "right", ""), ("a3", "cannot tell", ""))
    assert take_in(again, store, "ann") == TakenIn(new=1, known=1, open=0)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        (("a9", "right", ""), "'a9' is no answer of this store"),
        (("a1", "rihgt", ""), "'rihgt' is no verdict; write one of right, other premises"),
        (("a1", "wrong", ""), "'wrong' is no verdict"),
        (("a1", "other premises", ""), "write its UPRN into label_uprn"),
        (("a1", "right", "0300"), "right, and yet another UPRN"),
        (("a1", "not in the reference", "0300"), "not in the reference, and yet a UPRN"),
        (("a1", "", "1.00012E+11"), "a spreadsheet left out digits"),
        (("a2", "right", ""), "the answer is not shown in this row"),
        (("a3", "right", ""), "this answer names no premises"),
        (("a3", "cannot tell", ""), "a3 stands twice"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_its_row_and_nothing_is_taken_in(
    store: LabelStore, label: tuple[str, str, str], told: str
) -> None:
    with pytest.raises(UsageError, match=rf"row 2 of f.csv: .*{told}".replace("+", r"\+")):
        take_in(written(("a3", "cannot tell", ""), label), store, "ann")
    assert store.coded() == []


def test_a_coder_who_says_something_else_has_to_mean_it(store: LabelStore) -> None:
    take_in(written(("a1", "right", "")), store, "ann")
    other = written(("a1", "not in the reference", ""))
    with pytest.raises(UsageError, match="ann said right 0100 of a1 before, and now not in the reference"):
        take_in(other, store, "ann")
    take_in(other, store, "ann", replace=True)
    take_in(written(("a1", "right", "")), store, "ann", replace=True)
    assert said(store)["a1"] == Judgement(Verdict.RIGHT, "0100")
    assert len(store.coded()) == 3


def test_nobody_adjudicates_his_own_labels(store: LabelStore) -> None:
    take_in(written(("a1", "right", "")), store, "ann")
    with pytest.raises(UsageError, match="ann labelled a1 before; let somebody else adjudicate"):
        take_in(written(("a1", "right", "")), store, "ann", adjudicates=True)


def test_who_adjudicates_sees_blind_answers_too(store: LabelStore) -> None:
    take_in(written(("a2", "right", "")), store, "cleo", adjudicates=True)
    assert judgements_of(store.coded(), "cleo", adjudicates=True)["a2"] == Judgement(Verdict.RIGHT, "0100")


def noted(note: str | None, verdict: str = "right") -> list[WrittenLabel]:
    return [WrittenLabel("row 1 of f.csv", "a1", verdict, "", note)]


def test_another_note_is_new_and_needs_no_replacing(store: LabelStore) -> None:
    take_in(noted("the rear of it"), store, "ann")
    assert take_in(noted("the side of it"), store, "ann") == TakenIn(new=1, known=0, open=0)
    assert said(store)["a1"].note == "the side of it"


def test_a_file_without_notes_leaves_what_was_noted(store: LabelStore) -> None:
    take_in(noted("the rear of it"), store, "ann")
    assert take_in(noted(None), store, "ann") == TakenIn(new=0, known=1, open=0)
    assert said(store)["a1"].note == "the rear of it"


@pytest.mark.parametrize(
    ("row", "told"),
    [(noted("x" * 501), "the note has 501 characters"), (noted("x", ""), "a note, and no verdict")],
)
def test_a_note_that_cannot_be_kept_is_refused(store: LabelStore, row: list[WrittenLabel], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        take_in(row, store, "ann")
