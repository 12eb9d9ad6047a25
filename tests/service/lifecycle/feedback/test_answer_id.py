import pytest

from address_match.service.lifecycle.feedback.answer_id import LONGEST, AnswerIds, UnknownAnswerError
from tests.service.factories import absent, matched

NOW = 1_800_000_000.0
DAY = 86_400


def ids(key: bytes = b"k" * 32, now: float = NOW) -> AnswerIds:
    return AnswerIds(key, 30, lambda: now)


def test_a_name_says_what_was_answered_and_not_to_which_address() -> None:
    named = ids().read(ids().name(matched("100", "1 MILL LANE", 0.97)))
    said = (named.answered, named.status, named.reason, named.uprn, named.probability)
    assert said == (int(NOW), "matched", "", "100", 0.97)


def test_the_same_answer_has_another_name_each_time() -> None:
    assert len({ids().name(absent()) for _ in range(50)}) == 50


def test_a_name_of_the_longest_identifier_is_within_its_bound() -> None:
    assert len(ids().name(matched("9" * 40))) <= LONGEST


@pytest.mark.parametrize("place", [0, 1, 10, -1, -5])
def test_a_changed_name_is_not_known(place: int) -> None:
    name = ids().name(absent())
    other = "A" if name[place] != "A" else "B"
    changed = name[:place] + other + name[place + 1 :] if place >= 0 else name[:place] + other + name[place:]
    with pytest.raises(UnknownAnswerError):
        ids().read(changed)


@pytest.mark.parametrize("name", ["", ".", "a.b", "é.é", "W10.AAAA", "\ufffd", "x" * 400])
def test_what_is_no_name_is_not_known(name: str) -> None:
    with pytest.raises(UnknownAnswerError):
        ids().read(name)


def test_a_name_is_not_known_with_another_key() -> None:
    with pytest.raises(UnknownAnswerError):
        ids(b"other").read(ids().name(absent()))


def test_a_name_is_known_for_so_many_days() -> None:
    name = ids().name(absent())
    assert ids(now=NOW + 30 * DAY).read(name).status == "unmatched"
    with pytest.raises(UnknownAnswerError, match="more than 30 days ago"):
        ids(now=NOW + 31 * DAY).read(name)
