"""What a person reads at the terminal."""

import pytest

from address_match.service.cli.pages import REASONS, print_answer
from address_match.service.matching.answer import Answer, Reason, Status


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_an_answer_says_why_it_is_not_matched(reason: Reason, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer("12 mill lane", Answer(status=Status.REVIEW, reason=reason))
    assert REASONS[reason].split(",")[0] in " ".join(capsys.readouterr().out.split())
