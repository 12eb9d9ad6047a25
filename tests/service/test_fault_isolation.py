import logging
from collections.abc import Callable, Sequence

import pytest

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.output.answer_columns import answer_rows
from address_match.service.errors import RunInterruptedError
from address_match.service.fault_isolation import NO_ROWS_FAULT, answers_or_faults, match_each
from address_match.service.matching.answer import Answer, Reason
from tests.service.batch.arrangements import HELD
from tests.service.factories import ExactTextMatcher


class FragileMatcher(ExactTextMatcher):
    """Fails whenever one text is among those it is given, with an error that quotes it."""

    def __init__(self, poison: str, error: Callable[[str], Exception] = ValueError) -> None:
        super().__init__(HELD)
        self._poison = poison
        self._error = error
        self.calls = 0

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:
        self.calls += 1
        if any(self._poison in text for text in texts):
            raise self._error(f"cannot read {self._poison}")
        return super().match(texts, top=top, thorough=thorough)


@pytest.mark.parametrize("place", [0, 1, 17, 98, 99])
def test_a_text_at_fault_alone_gets_an_error_wherever_it_stands(place: int) -> None:
    texts = ["1 mill lane"] * 100
    texts[place] = "7 secret lane"
    answers = match_each(FragileMatcher("secret").match, texts)
    assert [i for i, a in enumerate(answers) if a.reason is Reason.ERROR] == [place]
    assert [a.uprn for i, a in enumerate(answers) if i != place] == ["100"] * 99


def test_the_error_and_the_log_say_where_and_not_which_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = match_each(FragileMatcher("secret").match, ["7 secret lane", "1 mill lane"])
    assert answers[0].error.startswith("unexpected ValueError in FragileMatcher.match:")
    assert "secret" not in answers[0].error + caplog.text
    assert caplog.text.count("unexpected ValueError") == 1


def test_a_batch_without_a_fault_is_matched_at_once_and_one_with_a_fault_by_halves() -> None:
    sound, fragile = FragileMatcher("secret"), FragileMatcher("secret")
    match_each(sound.match, ["1 mill lane"] * 1_024)
    match_each(fragile.match, ["1 mill lane"] * 1_023 + ["secret"])
    assert (sound.calls, fragile.calls) == (1, 21)


@pytest.mark.parametrize("error", [EngineUnavailableError, RunInterruptedError, MemoryError, OSError])
def test_what_no_text_is_to_blame_for_is_raised_at_once(error: type[Exception]) -> None:
    matcher = FragileMatcher("lane", error)
    with pytest.raises(error):
        match_each(matcher.match, ["1 mill lane"] * 100)
    assert matcher.calls == 1


def test_an_error_that_every_text_of_many_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="cannot read"):
        match_each(FragileMatcher("lane").match, ["1 mill lane"] * NO_ROWS_FAULT)
    few = answers_or_faults(FragileMatcher("lane").match, ["1 mill lane"] * (NO_ROWS_FAULT - 1))
    assert {type(found) for found in few} == {ValueError}


def test_rows_of_a_file_keep_their_order_around_unreadable_ones_and_ones_at_fault() -> None:
    texts = ["1 mill lane", "unreadable", "7 secret lane", "2 mill lane"]
    rows = answer_rows(FragileMatcher("secret"), texts, {1: "row 2: not JSON"}, MatchOptions())
    answers = [row.answer for row in rows]
    assert [a.uprn for a in answers] == ["100", "", "", "0200"]
    assert [a.error[:10] for a in answers] == ["", "row 2: not", "unexpected", ""]
