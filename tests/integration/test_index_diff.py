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


def test_what_contradicts_itself_is_listed_and_counted(
    command: Command, indexes: tuple[Path, Path], tmp_path: Path
) -> None:
    parted = "uprn,address,parent_uprn\n1,1 MILL LANE,7\n2,2 MILL LANE,\n"
    index = built_index(tmp_path, parted)
    said = command("index", "info", index, "--conflicts", "conflicts.csv")
    assert (said.code, "1 × parent_not_held" in said.out) == (0, True)
    assert Path("conflicts.csv").read_text().splitlines() == [
        "uprn,field,found,references",
        "1,parent_not_held,7,",
    ]
    assert json.loads(command("index", "info", index, "--conflicts", "c.csv", "--json").out)["conflicts"]
    assert "none" in command("index", "info", indexes[0], "--conflicts", "none.csv").out
    assert "exists" in command("index", "info", index, "--conflicts", "c.csv").err
