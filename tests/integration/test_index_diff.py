"""Two indexes are compared by one command, which lists what differs in any format."""

import json
from pathlib import Path

import pytest

from tests.built_index import built_index
from tests.integration.conftest import REFERENCE, Command


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An index, and one without its last premises."""
    later = "".join(REFERENCE.splitlines(keepends=True)[:-1])
    folder = tmp_path_factory.mktemp
    return built_index(folder("old"), REFERENCE), built_index(folder("new"), later)


@pytest.mark.parametrize("name", ["diff.csv", "diff.ndjson"])
def test_premises_that_differ_are_listed(command: Command, indexes: tuple[Path, Path], name: str) -> None:
    said = command("index", "diff", *indexes, "--out", name, "--json")
    assert json.loads(said.err) == {"new": 0, "gone": 1, "moved": 0, "changed": 0, "unchanged": 4}
    [line] = [line for line in Path(name).read_text().splitlines() if "500" in line]
    assert "QUERNSTONE FARM" in line


def test_without_an_output_the_counts_are_told(command: Command, indexes: tuple[Path, Path]) -> None:
    said = command("index", "diff", *indexes)
    assert (said.code, "gone                 1" in said.err) == (0, True)


def test_an_output_is_not_replaced_and_what_is_no_index_refused(
    command: Command, indexes: tuple[Path, Path]
) -> None:
    Path("there.csv").write_text("")
    assert "the output there.csv exists" in command("index", "diff", *indexes, "--out", "there.csv").err
    assert command("index", "diff", "nowhere", indexes[1]).code != 0
