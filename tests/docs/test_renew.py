import pytest

from tests.docs.renew import with_numbers_of

QUOTED = """{
  "status": "matched", "probability": 0.9990425885048445,
  "evidence": [{"field": "street", "words": "like 1.5", "log_odds": 2.436}]
}"""


def test_numbers_are_renewed_in_the_places_of_the_page() -> None:
    found = {
        "probability": 0.5,
        "status": "matched",
        "evidence": [
            {"field": "start", "words": "start", "log_odds": -10.7},
            {"field": "street", "words": "like 1.5", "log_odds": -3.142},
        ],
    }
    assert with_numbers_of(QUOTED, found) == QUOTED.replace("0.9990425885048445", "0.5").replace(
        "2.436", "-3.142"
    )


@pytest.mark.parametrize("other", [{"status": "review"}, {"evidence": []}])
def test_what_is_answered_otherwise_is_left_to_a_person(other: dict[str, object]) -> None:
    found = {
        "status": "matched",
        "probability": 0.5,
        "evidence": [{"field": "street", "words": "like 1.5", "log_odds": 1.0}],
    }
    with pytest.raises(ValueError, match="is quoted"):
        with_numbers_of(QUOTED, found | other)
