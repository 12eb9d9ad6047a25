"""The programs and the commands that the documents show do what they say."""

import json
import subprocess
from pathlib import Path

import pytest

from address_match.service.cli import main
from tests.docs.example_index import ROOT, blocks, page
from tests.integration.conftest import environment, python, run_python

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_prints_what_its_page_shows(example: Path, example_index: Path) -> None:
    command = f"$ python docs/examples/{example.name} example-index\n"
    shown = next(block for block in blocks(page("docs/use/python.md"), "") if block.startswith(command))
    ran = subprocess.run(
        python(str(example), str(example_index)),
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert _stripped(ran.stdout) == _stripped(shown.removeprefix(command))


def test_every_example_stands_on_the_page_about_python() -> None:
    shown = page("docs/use/python.md")
    assert [path.name for path in EXAMPLES if f"--8<--\ndocs/examples/{path.name}\n--8<--" not in shown] == []


@pytest.mark.parametrize("name", ["README.md", "docs/use/python.md"])
def test_the_ten_lines_of_python_run(name: str, example_index: Path) -> None:
    ran = run_python(
        blocks(page(name), "python")[0].replace("my-index", "example-index"), cwd=example_index.parent
    )
    assert ran.err == ""
    assert ran.out.splitlines()[0].startswith("100000000104 12 Tanfield Road, Shildon, DL4 5QA 0.99")
    assert ran.out.splitlines()[1].strip() == "unmatched absent"


def test_the_answer_of_the_readme_is_the_one_that_find_gives(
    example_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = next(block for block in blocks(page("README.md"), "") if block.startswith("$ address-match find"))
    command, _, answer = shown.partition("\n")
    assert command.endswith('" --index example-index --top 2 --json')
    asked = command.split('"')[1]
    assert main(["find", asked, "--index", str(example_index), "--top", "2", "--json"]) == 0
    _assert_alike(json.loads(answer), json.loads(capsys.readouterr().out))


def _assert_alike(shown: object, found: object) -> None:
    """Hold JSON to what a page shows; a probability may differ in its last digits from machine to machine."""
    if isinstance(shown, dict) and isinstance(found, dict):
        assert list(shown) == list(found)
        for name in shown:
            _assert_alike(shown[name], found[name])
    elif isinstance(shown, list) and isinstance(found, list):
        for one, other in zip(shown, found, strict=True):
            _assert_alike(one, other)
    else:
        assert found == (pytest.approx(shown, abs=1e-4) if isinstance(shown, float) else shown)


def _stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
