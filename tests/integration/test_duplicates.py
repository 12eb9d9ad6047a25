"""Two identifiers of the reference for one place are told of where a row meets them."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from address_match.service.matching.answer import Duplicate, Sameness
from address_match.service.matching.pipeline import MatchPipeline
from tests.built_index import built_pipeline
from tests.integration.conftest import Command

REFERENCE = """uprn,address,postcode
1,"12 MILL LANE, MALTON",YO17 7AA
2,"12, Mill Lane, Malton.",YO17 7AA
3,"14 MILL LANE, MALTON",YO17 7AA
4,"14 MILL LN, MALTON",YO17 7AA
5,"16 MILL LANE, MALTON",YO17 7AA
6,"16 MILL LANE, OTLEY",LS21 4QT
7,"18 MILL LANE, MALTON",YO17 7AA
"""
FOUND = [
    ["uprn", "duplicate_uprn", "reason", "rows"],
    ["1", "2", "same_text", "2"],
    ["3", "4", "same_parts", "1"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("duplicates")


@pytest.fixture(scope="module")
def pipeline(folder: Path) -> Iterator[MatchPipeline]:
    with built_pipeline(folder, REFERENCE) as opened:
        yield opened


@pytest.fixture
def arguments(command: Command, pipeline: MatchPipeline, folder: Path) -> list[object]:
    """A match of five rows, in the folder in which the commands run."""
    texts = [
        "12 Mill Lane, Malton",
        "14 Mill Lane, Malton",
        "16 Mill Lane",
        "12 MILL LANE MALTON",
        "9 Nowhere",
    ]
    Path("in.csv").write_text("".join(["address\n", *(f'"{text}"\n' for text in texts)]))
    return ["match", "in.csv", "--index", folder / "index"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 Mill Lane, Malton", (Duplicate("2", Sameness.TEXT),)),
        ("16 Mill Lane", ()),
        ("18 Mill Lane, Malton", ()),
        ("20 Mill Lane, Malton", ()),
    ],
)
def test_another_identifier_of_the_best_place_is_named(
    pipeline: MatchPipeline, text: str, found: tuple[Duplicate, ...]
) -> None:
    assert pipeline.match([text])[0].duplicates == found


def test_either_of_two_texts_of_the_same_parts_may_be_best_and_names_the_other(
    pipeline: MatchPipeline,
) -> None:
    answer = pipeline.match(["14 Mill Lane, Malton"])[0]
    (other,) = answer.duplicates
    assert ({answer.uprn, other.uprn}, other.reason) == ({"3", "4"}, Sameness.PARTS)


def test_the_pairs_that_the_rows_met_are_counted_and_listed(
    command: Command, arguments: list[object]
) -> None:
    said = command(*arguments, "--out", "out.csv", "--duplicates", "pairs.csv")
    assert "duplicates: 3 rows met two identifiers of one place, 2 pairs" in said.err
    with Path("pairs.csv").open(newline="") as stream:
        assert list(csv.reader(stream)) == FOUND


def test_no_column_is_added_for_them(command: Command, arguments: list[object]) -> None:
    said = command(*arguments, "--out", "out.csv", "--json")
    assert json.loads(said.err)["duplicates"] == {"rows": 3, "pairs": 2}
    assert not [
        name for name in Path("out.csv").read_text().splitlines()[0].split(",") if "duplicate" in name
    ]


def test_parts_leave_their_list_to_merge(command: Command, arguments: list[object]) -> None:
    listed = ["--duplicates", "pairs.csv"]
    said = command(*arguments, "--part", "1/1", "--out", "1.part", *listed)
    assert (said.code, "goes with `merge`" in said.err) == (2, True)
    assert command(*arguments, "--part", "1/1", "--out", "1.part").code == 0
    assert command("merge", "in.csv", "1.part", "--out", "out.csv", *listed).code == 0
    with Path("pairs.csv").open(newline="") as stream:
        assert list(csv.reader(stream)) == FOUND


def test_a_list_that_stands_is_not_replaced(command: Command, arguments: list[object]) -> None:
    Path("pairs.csv").write_text("mine")
    said = command(*arguments, "--out", "out.csv", "--duplicates", "pairs.csv")
    assert (said.code, "pairs.csv exists" in said.err) == (2, True)
    assert not Path("out.csv").exists()
