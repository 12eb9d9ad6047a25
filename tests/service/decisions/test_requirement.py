from pathlib import Path

import pytest

from address_match.service.decisions.requirement import PROMOTION_FILE, needs_decision
from address_match.service.errors import UsageError


@pytest.mark.parametrize(
    ("text", "asked"), [("needs_decision = true", True), ("needs_decision = false", False), ("", False)]
)
def test_the_owner_asks_for_decisions_by_a_line(tmp_path: Path, text: str, *, asked: bool) -> None:
    assert not needs_decision(tmp_path)
    (tmp_path / PROMOTION_FILE).write_text(text)
    assert needs_decision(tmp_path) is asked


@pytest.mark.parametrize("text", ["needs_decisions = true", "needs_decision = 1", "needs_decision ="])
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / PROMOTION_FILE).write_text(text)
    with pytest.raises(UsageError, match=PROMOTION_FILE):
        needs_decision(tmp_path)
