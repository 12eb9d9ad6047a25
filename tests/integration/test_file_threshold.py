"""A precision that is asked for holds on the file: what its own rows say against it raises the least probability of a
match.
"""

import csv
import json
from pathlib import Path

import pytest

import address_match as am
from address_match.service.matching.answer import Status
from tests.built_index import built_index
from tests.integration.conftest import Command

ASKED = ("--precision", "0.99")
IN_DOUBT = "60 High Street, Malton, YO17 7AA"
"""The reference holds it at YO17 7AB alone, as it holds the others too."""
TEXTS = [
    *(f"{n} High Street, Malton, YO17 7AA" for n in range(1, 60)),
    *(f"{n} Quarry Bank, Elsewhere" for n in range(40)),
    IN_DOUBT,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A High Street whose numbers stand twice, at two postcodes that differ by a letter; 60 at one of them."""
    rows = [
        f'{code}{n},"{n} HIGH STREET, MALTON, YO17 7{code}",YO17 7{code}\n'
        for code, last in (("AA", 59), ("AB", 60))
        for n in range(1, last + 1)
    ]
    return built_index(tmp_path_factory.mktemp("twins"), "".join(["uprn,address,postcode\n", *rows]))


@pytest.fixture
def queries(command: Command) -> Path:
    """The texts, in the folder in which the commands run."""
    Path("in.csv").write_text("".join(["address\n", *(f'"{text}"\n' for text in TEXTS)]))
    return Path("in.csv")


def last_status(path: str) -> str:
    with Path(path).open(newline="") as stream:
        return list(csv.DictReader(stream))[-1]["match_status"]


def test_what_would_be_matched_without_its_premises_too_is_left_to_a_clerk(
    command: Command, queries: Path, index: Path
) -> None:
    arguments = ["match", queries, "--index", index]
    assert "threshold" not in command(*arguments, "--out", "plain.csv").err
    said = command(*arguments, *ASKED, "--out", "out.csv")
    assert "threshold: raised to 0." in said.err
    assert "by the calibration" in said.err
    assert (last_status("plain.csv"), last_status("out.csv")) == (Status.MATCHED, Status.REVIEW)


def test_a_threshold_is_taken_by_the_calibration_alone_or_as_it_is_named(
    command: Command, queries: Path, index: Path
) -> None:
    arguments = ["match", queries, "--index", index, *ASKED]
    assert "threshold" not in command(*arguments, "--threshold", "off", "--out", "off.csv").err
    said = command(*arguments, "--threshold", "0.9876", "--out", "named.csv", "--json")
    summary = json.loads(said.err)
    assert (summary["threshold"], summary["threshold_estimated_from"]) == (0.9876, 0)
    assert (last_status("off.csv"), last_status("named.csv")) == (Status.MATCHED, Status.REVIEW)


def test_processes_parts_and_resumed_runs_take_the_same_threshold(
    command: Command, queries: Path, index: Path
) -> None:
    arguments = ["match", queries, "--index", index, *ASKED]
    assert command(*arguments, "--out", "whole.csv").code == 0
    assert command(*arguments, "--jobs", 2, "--resume", "--out", "two.csv").code == 0
    for part in (1, 2):
        assert command(*arguments, "--part", f"{part}/2", "--out", f"{part}.part").code == 0
    said = command("merge", queries, "1.part", "2.part", "--out", "merged.csv")
    assert "threshold: at least 0." in said.err
    assert Path("two.csv").read_bytes() == Path("whole.csv").read_bytes()
    assert Path("merged.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_parts_of_other_thresholds_are_refused(command: Command, queries: Path, index: Path) -> None:
    arguments = ["match", queries, "--index", index, *ASKED]
    assert command(*arguments, "--part", "1/2", "--out", "1.part").code == 0
    assert command(*arguments, "--part", "2/2", "--threshold", "off", "--out", "2.part").code == 0
    said = command("merge", queries, "1.part", "2.part", "--out", "merged.csv")
    assert (said.code, "--threshold differs" in said.err) == (2, True)


def test_rows_that_are_matched_again_say_nothing_of_the_threshold(
    command: Command, queries: Path, index: Path
) -> None:
    assert command("match", queries, "--index", index, "--out", "out.csv").code == 0
    arguments = ["match", "out.csv", "--only", "unmatched", "--index", index, *ASKED]
    assert "threshold" not in command(*arguments, "--out", "again.csv").err
    said = command(*arguments, "--threshold", "auto", "--out", "auto.csv")
    assert (said.code, "name the threshold of the first run" in said.err) == (2, True)


def test_frames_find_and_take_the_threshold(index: Path) -> None:
    with am.open(index) as matcher:
        threshold = matcher.estimate_threshold(TEXTS, policy=am.DecisionPolicy(precision=0.99)).threshold
        found = matcher.match([IN_DOUBT], policy=am.DecisionPolicy(threshold=threshold))
    assert 0.8 < threshold < 1
    assert found[0]["match_status"] == Status.REVIEW
