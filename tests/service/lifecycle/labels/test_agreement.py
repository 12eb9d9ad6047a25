"""Cohen's kappa of two coders."""

import numpy as np
import pytest

from address_match.service.lifecycle.labels.agreement import Agreement, agreement
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict

RIGHT, OTHER, ABSENT = (
    Judgement(Verdict.RIGHT, "1"),
    Judgement(Verdict.OTHER, "2"),
    Judgement(Verdict.ABSENT),
)
CATEGORIES = (RIGHT, OTHER, ABSENT)


def said(counts: list[list[int]]) -> tuple[dict[str, Judgement], dict[str, Judgement]]:
    """Give what two coders said by a table of counts, the first one's categories down."""
    pairs = [
        (CATEGORIES[row], CATEGORIES[column])
        for row, counted in enumerate(counts)
        for column, count in enumerate(counted)
        for _ in range(count)
    ]
    names = [f"a{number}" for number in range(len(pairs))]
    return (
        {name: one for name, (one, _) in zip(names, pairs, strict=True)},
        {name: other for name, (_, other) in zip(names, pairs, strict=True)},
    )


def test_kappa_and_its_error_are_those_of_a_known_table() -> None:
    """Fleiss, Statistical Methods for Rates and Proportions, 1981, chapter 13: kappa .68, standard error .087."""
    found = agreement(*said([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))
    assert (found.answers, found.agreeing) == (100, 89)
    assert found.kappa == pytest.approx(0.676, abs=0.001)
    assert found.low is not None
    assert found.high is not None
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(0.0877, abs=0.0001)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    shares = np.array([[60, 3, 4], [5, 9, 1], [2, 1, 15]]) / 100
    truth = agreement(*said((100 * shares).astype(int).tolist())).kappa
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        found = agreement(*said(rng.multinomial(120, shares.ravel()).reshape(3, 3).tolist()))
        assert None not in {found.low, found.high}
        held += found.low <= truth <= found.high  # type: ignore[operator]  # none of them is None
    assert 0.9 <= held / 400 <= 0.99


def test_two_who_name_different_premises_do_not_agree() -> None:
    mine = {"a1": OTHER, "a2": RIGHT}
    theirs = {"a1": Judgement(Verdict.OTHER, "3"), "a2": RIGHT}
    assert agreement(mine, theirs).agreeing == 1


def test_where_all_agree_the_interval_is_that_of_the_share() -> None:
    found = agreement(*said([[20, 0, 0], [0, 0, 0], [0, 0, 20]]))
    assert (found.kappa, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.824, abs=0.001)


def test_where_both_say_the_same_of_everything_kappa_is_not_defined() -> None:
    assert agreement(*said([[9, 0, 0], [0, 0, 0], [0, 0, 0]])) == Agreement(9, 9, None, None, None)


def test_only_answers_that_both_labelled_count() -> None:
    assert agreement({"a1": RIGHT}, {"a2": RIGHT}).answers == 0
