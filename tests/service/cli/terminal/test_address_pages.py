"""What a person reads at the terminal."""

import pytest

from address_match.parser.labels import Label
from address_match.parser.parse import LabelledToken, Parse
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.tokens import Token
from address_match.parser.word_use import WordUse
from address_match.service.cli.terminal.address_pages import REASONS, print_answer, print_parse
from address_match.service.lookup.not_held import HeldNumber, NotHeld
from address_match.service.matching.answer import Answer, Reason, Status
from address_match.service.matching.features.feature import Field


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_an_answer_says_why_it_is_not_matched(reason: Reason, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer("12 mill lane", Answer(status=Status.REVIEW, reason=reason))
    assert REASONS[reason].split(",")[0] in " ".join(capsys.readouterr().out.split())


def test_an_answer_says_which_part_of_the_address_is_not_held(capsys: pytest.CaptureFixture[str]) -> None:
    nearest = (HeldNumber("10", "110", "10 MILL LANE"), HeldNumber("14", "114", "14 MILL LANE"))
    lacking = NotHeld(Field.NUMBER, "12", 0, 2, nearest)
    print_answer("12 mill lane", Answer.unmatched(Reason.ABSENT), lacking)
    shown = " ".join(capsys.readouterr().out.split())
    assert "not held: the number 12 the nearest numbers on that street: 10 (110), 14 (114)" in shown


def test_a_parse_lists_what_is_not_taken(capsys: pytest.CaptureFixture[str]) -> None:
    token = LabelledToken(Token("BLUE", 0, 4, after_break=False), Label.OTHER, 0.9)
    parse = Parse("blue", (token,), (), ParsedFields(), 0.9, uses=(WordUse.UNKNOWN,))
    print_parse(parse)
    assert "passed over or not understood: BLUE: unknown" in capsys.readouterr().out
