"""Labels stand where coders agree or somebody settled it, and are named by what they say."""

from pathlib import Path

from address_match.service.evaluation.hand_check import CheckedStratum
from address_match.service.lifecycle.labels.label_set import (
    TrueAddress,
    judgements_of,
    label_set,
    labels_sha256,
)
from address_match.service.lifecycle.labels.precision import checked_strata_of
from address_match.service.lifecycle.labels.store import CodedAnswers, LabelStore
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict
from tests.service.lifecycle.labels.factories import sampled, store_of

RIGHT, ABSENT = Judgement(Verdict.RIGHT, "0100"), Judgement(Verdict.ABSENT)
CANNOT_TELL = Judgement(Verdict.CANNOT_TELL)


def code(store: LabelStore, coder: str, *, adjudicates: bool = False, **judgements: Judgement) -> None:
    with store.alone():
        store.add_coded(CodedAnswers(coder, adjudicates, "2026-11-29T12:00:00+00:00", judgements))


def test_what_two_coders_say_differently_is_left_out_until_it_is_settled(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled("a1"), sampled("a2"))
    code(store, "ann", a1=RIGHT, a2=RIGHT)
    code(store, "bob", a1=RIGHT, a2=ABSENT)
    found = label_set(store)
    assert [one.answer.id for one in found.labels] == ["a1"]
    assert [one.judgements for one in found.contradictions] == [{"ann": RIGHT, "bob": ABSENT}]
    code(store, "cleo", adjudicates=True, a2=ABSENT)
    found = label_set(store)
    assert [one.judgement for one in found.labels] == [RIGHT, ABSENT]
    assert found.contradictions == ()


def test_coders_who_mean_the_same_agree_whatever_they_note(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled("a1"), sampled("a2"))
    rear, side = (Judgement(Verdict.RIGHT, "0100", note) for note in ("the rear", "the side"))
    code(store, "bob", a1=side, a2=RIGHT)
    code(store, "ann", a1=rear, a2=side)
    assert [one.judgement.note for one in label_set(store).labels] == [
        "ann: the rear; bob: the side",
        "the side",
    ]


def test_true_addresses_have_the_weight_of_their_draw_and_leave_out_what_nobody_can_tell(
    tmp_path: Path,
) -> None:
    store = store_of(tmp_path, sampled("a1", inclusion=0.25), sampled("a2"))
    code(store, "ann", a1=RIGHT, a2=CANNOT_TELL)
    assert label_set(store).true_addresses == (TrueAddress("1 MILL LANE", "0100", 4.0),)


def test_a_set_is_named_by_what_it_says_whatever_its_order() -> None:
    one, other = TrueAddress("1 MILL LANE", "0100", 2.0), TrueAddress("2 MILL LANE", "", 2.0)
    assert labels_sha256([one, other]) == labels_sha256([other, one])
    assert labels_sha256([one]) != labels_sha256([TrueAddress("1 MILL LANE", "0100", 3.0)])


def test_labels_of_matched_answers_are_counted_by_stratum(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled("a1"), sampled("a2"), sampled("a3"))
    code(store, "ann", a1=RIGHT, a2=ABSENT, a3=CANNOT_TELL)
    assert checked_strata_of(store.samples()[0], label_set(store).labels) == [CheckedStratum(6, 2, 1)]


def test_what_a_coder_took_back_is_as_if_it_had_not_been_said(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled("a1"), sampled("a2"))
    code(store, "ann", a1=ABSENT, a2=ABSENT)
    code(store, "bob", a1=RIGHT)
    with store.alone():
        store.add_coded(
            CodedAnswers("ann", False, "2026-11-29T12:00:00+00:00", {}, frozenset({"a1", "a2", "a3"}))
        )
    found = label_set(store)
    assert [(one.answer.id, one.judgement) for one in found.labels] == [("a1", RIGHT)]
    assert judgements_of(store.coded(), "ann") == {}
