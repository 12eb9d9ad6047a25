"""What only people know is asked for, read back, and never made up."""

import tomllib
from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.model_record.particulars import (
    particulars_template,
    read_particulars,
    unsaid,
)
from address_match.service.lifecycle.model_record.questions import QUESTIONS


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "particulars.toml").write_text(text, encoding="utf-8")
    return tmp_path / "particulars.toml"


def test_the_template_asks_every_question_once_and_answers_none(tmp_path: Path) -> None:
    asked = tomllib.loads(particulars_template())
    assert [f"{section}.{field}" for section, fields in asked.items() for field in fields] == [
        question.name for question in QUESTIONS
    ]
    assert read_particulars(written(tmp_path, particulars_template())) == {}
    assert unsaid({}) == QUESTIONS


def test_what_is_said_is_read_and_the_rest_is_missing(tmp_path: Path) -> None:
    said = read_particulars(written(tmp_path, '[owner]\nteam = " Geography "\nwebsite = "  "'))
    assert said == {"owner.team": "Geography"}
    assert len(unsaid(said)) == len(QUESTIONS) - 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[owner]\nteem = "x"', r"says owner\.teem, which is not asked"),
        ('team = "x"', "says team, which is not asked"),
        ("[owner]\nteam = 3", r"has 3 for owner\.team; give a text"),
        ("[owner", "cannot be read"),
    ],
)
def test_what_was_not_asked_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_particulars(written(tmp_path, text))
