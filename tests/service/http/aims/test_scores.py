"""The rules of AIMS over our probabilities."""

import pytest

from address_match.service.http.aims.scores import confidence, match_type, ratings, recommendation


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [
        ([], "I"),
        ([66.1], "A"),
        ([90.0, 70.0], "A"),
        ([90.0, 70.1], "I"),
        ([66.0], "A"),
        ([66.0, 26.0], "I"),
        ([60.0, 19.9], "A"),
        ([50.0, 9.9], "A"),
        ([49.9], "I"),
    ],
)
def test_it_accepts_what_is_sure_and_stands_apart(confidences: list[float], expected: str) -> None:
    assert recommendation(confidences) == expected


def test_the_first_of_what_is_recommended_is_accepted_and_the_others_rejected() -> None:
    assert ratings("A", 3) == ["A", "R", "R"]
    assert ratings("A", 0) == []


def test_all_is_to_be_looked_into_where_nothing_is_recommended() -> None:
    assert ratings("I", 2) == ["I", "I"]


def test_confidence_is_a_hundred_times_the_probability_with_four_digits() -> None:
    assert confidence(0.123456789) == 12.3457


def test_matches_are_none_single_or_multiple() -> None:
    assert [match_type(count) for count in (0, 1, 2, 9)] == ["N", "S", "M", "M"]
