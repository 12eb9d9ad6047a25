"""The file in which people say what only they know: asked for by a template, read back, never guessed."""

import tomllib
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.lifecycle.model_record.questions import QUESTIONS, Question
from address_match.service.templates import open_template

Particulars = Mapping[str, str]
"""What was said, by the name of the question; what was not said is left out."""


def particulars_template() -> str:
    """Return a file of all questions, in TOML, to be filled in."""
    sections = [(name, list(asked)) for name, asked in groupby(QUESTIONS, key=lambda one: one.section)]
    return open_template(__package__, "particulars.toml").render(sections=sections)


def read_particulars(path: Path) -> Particulars:
    """Read what was said; raises UsageError for a file that cannot be read, or says what was not asked."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    said: dict[str, str] = {}
    names = {question.name for question in QUESTIONS}
    for section, fields in content.items():
        for field, value in fields.items() if isinstance(fields, dict) else [("", fields)]:
            name = f"{section}.{field}".removesuffix(".")
            if name not in names:
                raise UsageError(
                    f"{path} says {name}, which is not asked; `model record --template` asks all there is"
                )
            if not isinstance(value, str):
                raise UsageError(f"{path} has {value!r} for {name}; give a text between quotes")
            if value.strip():
                said[name] = value.strip()
    return said


def unsaid(particulars: Particulars) -> tuple[Question, ...]:
    """Return the questions that nobody has answered yet."""
    return tuple(question for question in QUESTIONS if question.name not in particulars)
