"""A file that lies in one town needs not say so in each row; an address that is asked for by itself does."""

import csv
from pathlib import Path

import pytest

import address_match as am
from address_match.service.errors import UsageError
from address_match.service.matching.answer import Reason, Status
from tests.built_index import built_index
from tests.integration.conftest import Command

TOWNS = (("Malton", "YO17 7AA"), ("Shildon", "DL4 1AA"), ("Ostwick", "ZE2 9AX"))
UNPLACED = "12 High Street"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A High Street in each of three towns."""
    rows = [
        f'{town}{n},"{n} HIGH STREET, {town.upper()}",{postcode}\n'
        for town, postcode in TOWNS
        for n in range(1, 61)
    ]
    return built_index(tmp_path_factory.mktemp("towns"), "".join(["uprn,address,postcode\n", *rows]))


@pytest.fixture
def queries(command: Command) -> Path:
    """Sixty rows of Malton and one that names no town, in the folder in which the commands run."""
    rows = [f'"{n} High Street, Malton"\n' for n in range(1, 61)]
    Path("in.csv").write_text("".join(["address\n", *rows, f'"{UNPLACED}"\n']))
    return Path("in.csv")


def last_row(path: str) -> dict[str, str]:
    with Path(path).open(newline="") as stream:
        return list(csv.DictReader(stream))[-1]


def test_a_row_without_a_town_is_answered_as_if_it_named_that_of_its_file(
    command: Command, queries: Path, index: Path
) -> None:
    said = command("match", queries, "--index", index, "--out", "out.csv")
    assert "places: MALTON, 100% of" in said.err
    assert last_row("out.csv")["match_uprn"] == "Malton12"
    with am.open(index) as matcher:
        named = matcher.find("12 High Street, MALTON")
    assert float(last_row("out.csv")["match_probability"]) == pytest.approx(named.probability, abs=1e-6)


def test_without_places_the_rows_of_a_file_are_answered_as_single_addresses_are(
    command: Command, queries: Path, index: Path
) -> None:
    assert command("match", queries, "--index", index, "--places", "off", "--out", "out.csv").code == 0
    with am.open(index) as matcher, Path("out.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            alone = matcher.find(row["address"])
            assert (row["match_status"], row["match_reason"], row["match_uprn"]) == (
                alone.status,
                alone.reason,
                alone.uprn,
            )
    assert (row["match_status"], row["match_reason"]) == (Status.REVIEW, Reason.AMBIGUOUS)


def test_places_that_are_named_are_assumed(command: Command, queries: Path, index: Path) -> None:
    said = command("match", queries, "--index", index, "--places", "shildon", "--out", "out.csv")
    assert "places: shildon, as given" in said.err
    assert last_row("out.csv")["match_uprn"] == "Shildon12"


def test_a_street_that_several_places_hold_needs_its_town(
    command: Command, queries: Path, index: Path
) -> None:
    arguments = ["match", queries, "--index", index, "--out", "out.csv"]
    assert command(*arguments, "--places", "Malton,Shildon").code == 0
    assert last_row("out.csv")["match_status"] == Status.REVIEW


def test_a_place_that_the_reference_does_not_name_is_refused(
    command: Command, queries: Path, index: Path
) -> None:
    said = command("match", queries, "--index", index, "--places", "Atlantis", "--out", "out.csv")
    assert (said.code, "names no place 'Atlantis'" in said.err) == (2, True)


def test_processes_and_parts_find_the_same_places(command: Command, queries: Path, index: Path) -> None:
    arguments = ["match", queries, "--index", index]
    assert command(*arguments, "--out", "whole.csv").code == 0
    assert command(*arguments, "--jobs", 2, "--out", "two.csv").code == 0
    for part in (1, 2):
        assert command(*arguments, "--part", f"{part}/2", "--out", f"{part}.part").code == 0
    said = command("merge", queries, "1.part", "2.part", "--out", "merged.csv")
    assert "places: MALTON, as given" in said.err
    assert Path("two.csv").read_bytes() == Path("whole.csv").read_bytes()
    assert Path("merged.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_parts_of_other_places_are_refused(command: Command, queries: Path, index: Path) -> None:
    arguments = ["match", queries, "--index", index]
    assert command(*arguments, "--part", "1/2", "--out", "1.part").code == 0
    assert command(*arguments, "--part", "2/2", "--places", "off", "--out", "2.part").code == 0
    said = command("merge", queries, "1.part", "2.part", "--out", "merged.csv")
    assert (said.code, "--places differs" in said.err) == (2, True)


def test_rows_that_are_matched_again_do_not_say_where_the_file_lies(
    command: Command, queries: Path, index: Path
) -> None:
    assert command("match", queries, "--index", index, "--out", "out.csv").code == 0
    arguments = ["match", "out.csv", "--only", "review", "--places", "auto", "--out", "again.csv"]
    said = command(*arguments, "--index", index)
    assert (said.code, "name the places of the first run" in said.err) == (2, True)


def test_frames_find_and_take_places(index: Path) -> None:
    rows = [f"{n} High Street, Malton" for n in range(1, 61)]
    with am.open(index) as matcher:
        places = matcher.estimate_places(rows).names
        found = matcher.match([UNPLACED], policy=am.DecisionPolicy(places=places))
    assert (places, found[0]["match_uprn"]) == (("MALTON",), "Malton12")


def test_an_explanation_shows_the_place_that_was_added(index: Path) -> None:
    with am.open(index, policy=am.DecisionPolicy(places=("Malton",))) as matcher:
        explained = matcher.explain(UNPLACED)
    assert (explained.parse.text, explained.answer.uprn) == ("12 High Street, Malton", "Malton12")


def test_a_place_without_a_word_is_refused(index: Path) -> None:
    with pytest.raises(UsageError, match="names no place"):
        am.open(index, policy=am.DecisionPolicy(places=("",)))
