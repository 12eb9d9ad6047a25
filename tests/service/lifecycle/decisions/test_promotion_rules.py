from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.decisions.promotion_rules import (
    PROMOTION_FILE,
    PromotionRules,
    promotion_rules,
)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", PromotionRules()),
        ("needs_decision = false", PromotionRules()),
        ("needs_decision = true", PromotionRules(needs_decision=True)),
        ("own_accounts = true", PromotionRules(own_accounts=True)),
    ],
)
def test_the_owner_asks_by_lines(tmp_path: Path, text: str, asked: PromotionRules) -> None:
    assert promotion_rules(tmp_path) == PromotionRules()
    (tmp_path / PROMOTION_FILE).write_text(text)
    assert promotion_rules(tmp_path) == asked


@pytest.mark.parametrize("text", ["needs_decisions = true", "needs_decision = 1", "needs_decision ="])
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / PROMOTION_FILE).write_text(text)
    with pytest.raises(UsageError, match=PROMOTION_FILE):
        promotion_rules(tmp_path)
