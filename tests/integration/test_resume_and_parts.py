"""A file that is matched with interruptions, or in parts, comes out as from one run, to the byte."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.integration.conftest import Command, environment, python

ROWS = ["1 thornbeck row, marlow fold", "flat 3 osier court ZE1 7BD", "9 nowhere lane", ""]
LOG = Path("out.csv.unfinished")


@pytest.fixture
def queries(command: Command) -> Path:
    """22,501 rows, which are five batches, in the folder in which the commands run."""
    rows = (f"{number},{ROWS[number % len(ROWS)]!r}\n".replace("'", '"') for number in range(22_501))
    Path("in.csv").write_text("".join(["ref,address\n", *rows]))
    return Path("in.csv")


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_was_ended_goes_on_to_the_same_bytes(
    command: Command, queries: Path, village_index: Path, ended_by: signal.Signals, jobs: int
) -> None:
    arguments = ["match", queries, "--index", village_index, "--jobs", jobs]
    assert command(*arguments, "--out", "whole.csv").code == 0
    _ended_after_two_batches([*arguments, "--out", "out.csv", "--resume"], ended_by)
    kept = LOG.read_bytes()
    assert not Path("out.csv").exists()
    assert kept.count(b"\n") >= 3
    assert command(*arguments, "--out", "out.csv", "--resume").code == 0
    assert Path("out.csv").read_bytes() == Path("whole.csv").read_bytes()
    assert not LOG.exists()


def _ended_after_two_batches(arguments: list[object], ended_by: signal.Signals) -> None:
    run = subprocess.Popen(
        python("-m", "address_match.service.cli", *map(str, arguments)),
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    while not (LOG.exists() and LOG.read_bytes().count(b"\n") >= 3):
        assert run.poll() is None
        time.sleep(0.005)
    run.send_signal(ended_by)
    assert run.wait(timeout=60) != 0


def test_a_run_that_was_ended_says_how_it_goes_on(
    command: Command, queries: Path, village_index: Path
) -> None:
    arguments = ["match", queries, "--index", village_index, "--out", "out.csv", "--resume"]
    _ended_after_two_batches(arguments, signal.SIGKILL)
    said = command(*arguments, "--top", 2)
    assert (said.code, "--top changed since" in said.err) == (2, True)
    with queries.open("a") as stream:
        stream.write("x,1 thornbeck row\n")
    assert "the input changed since" in command(*arguments).err


def test_a_run_against_an_index_that_was_built_anew_is_refused(
    command: Command, queries: Path, village_index: Path
) -> None:
    shutil.copytree(village_index, "index")
    arguments = ["match", queries, "--index", "index", "--out", "out.csv", "--resume"]
    _ended_after_two_batches(arguments, signal.SIGKILL)
    reference = village_index.parent / "reference.csv"
    assert command("index", "build", reference, "--out", "index", "--force").code == 0
    assert "the index changed since" in command(*arguments).err


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "parquet", "ndjson"])
def test_parts_are_merged_to_the_bytes_of_one_run(
    command: Command, queries: Path, village_index: Path, suffix: str
) -> None:
    arguments = ["match", queries, "--index", village_index, "--top", 2, "--fields", "postcode,easting"]
    assert command(*arguments, "--out", f"whole.{suffix}").code == 0
    for part in (3, 1, 2):
        assert command(*arguments, "--part", f"{part}/3", "--out", f"{part}.part").code == 0
    assert command("merge", queries, "2.part", "3.part", "1.part", "--out", f"merged.{suffix}").code == 0
    assert Path(f"merged.{suffix}").read_bytes() == Path(f"whole.{suffix}").read_bytes()


def test_more_parts_than_batches_are_merged_too(command: Command, village_index: Path) -> None:
    Path("in.csv").write_text("address\n1 thornbeck row\n")
    for part in (1, 2):
        arguments = ["match", "in.csv", "--index", village_index, "--part", f"{part}/2"]
        assert command(*arguments, "--out", f"{part}.part").code == 0
    assert command("merge", "in.csv", "1.part", "2.part", "--out", "out.csv").code == 0
    assert len(Path("out.csv").read_text().splitlines()) == 2


def test_parts_of_a_file_that_changed_are_refused(command: Command, village_index: Path) -> None:
    Path("in.csv").write_text("address\n1 thornbeck row\n")
    assert command("match", "in.csv", "--index", village_index, "--part", "1/1", "--out", "1.part").code == 0
    Path("in.csv").write_text("address\n2 thornbeck row\n")
    said = command("merge", "in.csv", "1.part", "--out", "out.csv")
    assert (said.code, "is not the file that the parts are of" in said.err) == (2, True)
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("option", [["--resume"], ["--part", "1/2"]])
def test_a_stream_is_neither_resumed_nor_parted(
    command: Command, village_index: Path, option: list[str]
) -> None:
    said = command("match", "-", "--index", village_index, "--out", "out.csv", *option)
    assert (said.code, "needs a file to read" in said.err) == (2, True)


def test_a_part_is_not_named_as_rows_are(command: Command, village_index: Path) -> None:
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv", "--part", "1/2")
    assert (said.code, "name it out.1.part" in said.err) == (2, True)


@pytest.mark.parametrize("part", ["0/2", "3/2", "1", "a/b"])
def test_what_is_no_part_is_refused(command: Command, part: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command("match", "in.csv", "--index", "index", "--part", part, "--out", "out.part")
    assert f"{part!r} is no part, such as 2/8" in capfd.readouterr().err


@pytest.mark.parametrize("suffix", ["csv", "parquet", "ndjson"])
def test_rows_of_other_statuses_keep_their_answers_to_the_byte(
    command: Command, queries: Path, village_index: Path, suffix: str
) -> None:
    arguments = ["--index", village_index, "--top", 2, "--fields", "postcode,easting"]
    assert command("match", queries, *arguments, "--out", f"first.{suffix}").code == 0
    again = ["match", f"first.{suffix}", *arguments, "--only", "review,unmatched"]
    assert command(*again, "--out", f"second.{suffix}").code == 0
    assert Path(f"second.{suffix}").read_bytes() == Path(f"first.{suffix}").read_bytes()


def test_only_rows_of_the_statuses_named_are_matched_again(command: Command, village_index: Path) -> None:
    Path("in.csv").write_text("ref,address\na,1 thornbeck row ZE1 4QT\nb,9 nowhere lane\n")
    arguments = ["--index", village_index]
    assert command("match", "in.csv", *arguments, "--out", "first.csv").code == 0
    # A clerk has written the right address of b, and another UPRN for a.
    text = Path("first.csv").read_text().replace("9 nowhere lane", "2 thornbeck row ZE1 4QT")
    Path("first.csv").write_text(text.replace("matched,100,", "matched,999,"))
    assert command("match", "first.csv", *arguments, "--only", "unmatched", "--out", "second.csv").code == 0
    rows = Path("second.csv").read_text().splitlines()
    assert rows[1].startswith("a,1 thornbeck row ZE1 4QT,matched,999,")
    assert rows[2].startswith("b,2 thornbeck row ZE1 4QT,matched,0200,")


def test_parts_of_answers_are_merged_too(command: Command, village_index: Path) -> None:
    Path("in.csv").write_text("address\n1 thornbeck row ZE1 4QT\n9 nowhere lane\n")
    arguments = ["--index", village_index]
    assert command("match", "in.csv", *arguments, "--out", "first.csv").code == 0
    again = ["match", "first.csv", *arguments, "--only", "unmatched", "--part", "1/1", "--out", "1.part"]
    assert command(*again).code == 0
    assert command("merge", "first.csv", "1.part", "--out", "merged.csv").code == 0
    assert Path("merged.csv").read_bytes() == Path("first.csv").read_bytes()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--only", "review", "--top", "2"], "no column 'match_candidates'"),
        (["--only", "review", "--absence-prior", "auto"], "name the prior of the first run"),
    ],
)
def test_answers_of_other_options_are_not_matched_again(
    command: Command, village_index: Path, options: list[str], says: str
) -> None:
    Path("in.csv").write_text("address\n1 thornbeck row\n")
    assert command("match", "in.csv", "--index", village_index, "--out", "first.csv").code == 0
    said = command("match", "first.csv", "--index", village_index, "--out", "second.csv", *options)
    assert (said.code, says in said.err) == (2, True)
