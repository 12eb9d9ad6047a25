from random import Random

import pytest

from address_match.models.synthesis.shares import Shares

SHARES = Shares({"flat": 0.25, "house": 0.2, "shop": 0.15, "farm": 0.4})


def test_each_outcome_has_its_share_of_the_chances() -> None:
    drawn = [SHARES.at(chance / 1000) for chance in range(1000)]
    assert {outcome: drawn.count(outcome) for outcome in set(drawn)} == {
        "flat": 250,
        "house": 200,
        "shop": 150,
        "farm": 400,
    }


def test_a_bound_belongs_to_the_outcome_above_it() -> None:
    assert [SHARES.at(chance) for chance in (0.0, 0.25, 0.45, 0.6)] == ["flat", "house", "shop", "farm"]


def test_one_number_is_drawn_for_an_outcome() -> None:
    one, other = Random(3), Random(3)
    assert SHARES.draw(one) == SHARES.at(other.random())
    assert one.getstate() == other.getstate()


def test_shares_that_are_no_whole_are_refused() -> None:
    with pytest.raises(ValueError, match=r"sum to 0\.9"):
        Shares({"flat": 0.5, "house": 0.4})
