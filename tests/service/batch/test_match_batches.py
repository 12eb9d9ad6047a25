import gc
from collections.abc import Sequence

import pytest

from address_match.service.batch.match_batches import MatchWork
from address_match.service.batch.matcher import MatchOptions
from address_match.service.facts.sink import NoFacts
from address_match.service.matching.answer import Answer
from address_match.service.matching.answer_listener import listening_to_answers
from tests.service.batch.arrangements import HELD
from tests.service.factories import ExactTextMatcher

TEXTS = ["1 mill lane", "2 mill lane", "1 mill lane", "nowhere", "1 mill lane"]


class NotingMatcher(ExactTextMatcher):
    """Notes what it is asked, and whether Python searches for cycles meanwhile."""

    def __init__(self) -> None:
        super().__init__(HELD)
        self.asked: list[str] = []
        self.searching: list[bool] = []

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:
        self.asked += texts
        self.searching.append(gc.isenabled())
        return super().match(texts, top=top, thorough=thorough)


@pytest.fixture
def matcher() -> NotingMatcher:
    return NotingMatcher()


def test_equal_rows_of_a_batch_are_answered_once(matcher: NotingMatcher) -> None:
    columns = MatchWork(matcher, MatchOptions(), NoFacts()).run(TEXTS, {1: "row 2: broken"}, ())
    assert matcher.asked == ["1 mill lane", "nowhere"]
    assert columns[1] == ["100", "", "100", "", "100"]


def test_who_listens_is_told_of_equal_rows_too(matcher: NotingMatcher) -> None:
    with listening_to_answers(lambda _: None):
        MatchWork(matcher, MatchOptions(), NoFacts()).run(TEXTS, {}, ())
    assert matcher.asked == TEXTS


def test_python_searches_for_cycles_between_batches_only(matcher: NotingMatcher) -> None:
    work = MatchWork(matcher, MatchOptions(), NoFacts())
    work.run(TEXTS, {}, ())
    assert (matcher.searching, gc.isenabled()) == ([False], True)
