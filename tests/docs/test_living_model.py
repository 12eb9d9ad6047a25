"""The living model goes its whole circle, and says what its page shows."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from address_match.service.cli.living_demo.__main__ import main
from tests.docs.example_index import blocks, page

CUT = "…"
# Between two blocks stands what the page says of them.
SHOWN = [
    line for block in blocks(page("docs/operate/living-model.md"), "")[::2] for line in block.splitlines()
]


def without_figures(line: str) -> str:
    """Leave out what differs from one bundle to the next: figures and hashes."""
    hashes_out = re.sub(r"\b[0-9a-f]{12,64}\b", "#", line)
    return re.sub(r"[0-9][0-9.,]*", "#", hashes_out).rstrip()


def is_shown_by(shown: str, said: str) -> bool:
    """Tell whether a line of the page is one that was said, or the beginning of it where it is cut."""
    wanted, found = without_figures(shown), without_figures(said)
    return found.startswith(wanted.removesuffix(CUT)) if wanted.endswith(CUT) else found == wanted


def not_said(shown: Sequence[str], said: Sequence[str]) -> list[str]:
    """The lines of the page that were not said, each after the one before."""
    coming = iter(said)
    return [line for line in shown if not any(is_shown_by(line, found) for found in coming)]


@pytest.mark.slow
def test_the_circle_comes_round_as_its_page_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "circle")]) == 0
    assert not_said(SHOWN[1:], capsys.readouterr().out.splitlines()) == []


def test_a_figure_of_another_bundle_is_shown_all_the_same_and_another_level_is_not() -> None:
    said = "bulk: warn, 3,000 answers since the reference, 87.2% accepted, 99.5 % expected"
    assert is_shown_by("bulk: warn, 3,000 answers since the reference, 88% accepted, …", said)
    assert not is_shown_by("bulk: quiet, 3,000 answers since the reference, …", said)


def test_the_page_begins_with_the_command_that_does_it_all() -> None:
    assert SHOWN[0] == "make living-demo"


def test_what_was_said_in_another_order_is_missed() -> None:
    assert not_said(["one", "two"], ["two", "one"]) == ["two"]


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        main([str(tmp_path)])
