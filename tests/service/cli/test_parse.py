"""The parse command as a user runs it, with the shipped bundle."""

import json
from pathlib import Path

from tests.service.cli.conftest import Run

ROWS = "ref,address\nA,12 thornbeck row marlow fold ze1 4qt\nB,\nC,flat 3 osier court quern street\n"


def test_an_address_is_shown_without_colours_where_nobody_sees_them(run: Run) -> None:
    done = run("parse", "12 thornbeck row ze1 4qt")
    assert done.returncode == 0, done.stderr
    assert "StreetName" in done.stdout
    assert "\x1b[" not in done.stdout


def test_the_best_whole_parses_are_listed_with_falling_probabilities(run: Run) -> None:
    found = json.loads(run("parse", "12a thornbeck row", "--json", "--nbest", "4").stdout)
    probabilities = [way["probability"] for way in found["alternatives"]]
    assert len(probabilities) == 4
    assert probabilities == sorted(probabilities, reverse=True)
    assert probabilities[0] == found["probability"]


def test_a_file_becomes_an_object_a_row_in_order(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ROWS)
    done = run("parse", "--input", "in.csv", "--out", "out.ndjson")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()]
    assert [row["input"] for row in rows] == [
        "12 thornbeck row marlow fold ze1 4qt",
        "",
        "flat 3 osier court quern street",
    ]
    assert rows[0] == json.loads(run("parse", rows[0]["input"], "--json").stdout)


def test_several_processes_write_the_same_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("".join(f"{n} thornbeck row\n" for n in range(5_000)))
    for name, jobs in (("one.ndjson", 1), ("two.ndjson", 2)):
        done = run("parse", "--input", "in.txt", "--out", name, "--jobs", jobs)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "one.ndjson").read_bytes() == (tmp_path / "two.ndjson").read_bytes()
    assert "5,000 addresses parsed" in done.stderr


def test_the_spellings_of_before_are_understood(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("1 elm road\n")
    done = run("parse", "--input", "in.txt", "--output", "out.ndjson", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out.ndjson").read_text())["input"] == "1 elm road"
    shown = run("parse", "--help").stdout
    assert "--output" not in shown
    assert "--workers" not in shown


def test_an_address_needs_no_quotes(run: Run) -> None:
    parsed = json.loads(run("parse", "12", "elm", "road", "--json").stdout)
    assert parsed["input"] == "12 elm road"


def test_an_overlong_line_of_standard_input_keeps_its_row(run: Run) -> None:
    done = run("parse", "--input", "-", given="1 elm road\n" + "x" * 10_001 + "\n2 elm road\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [sorted(row)[:2] for row in rows] == [
        ["components", "input"],
        ["error", "input"],
        ["components", "input"],
    ]
    assert "10,001 characters" in rows[1]["error"]


def test_an_overlong_address_is_refused(run: Run) -> None:
    done = run("parse", "x" * 10_001)
    assert (done.returncode, "10,001 characters" in done.stderr) == (2, True)


def test_neither_or_both_of_an_address_and_a_file_are_refused(run: Run) -> None:
    for arguments in ((), ("1 elm road", "--input", "in.csv")):
        done = run("parse", *arguments)
        assert (done.returncode, "either one address, or a file" in done.stderr) == (2, True)


def test_an_existing_output_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("1 elm road\n")
    (tmp_path / "out.ndjson").write_text("mine")
    done = run("parse", "--input", "in.txt", "--out", "out.ndjson")
    assert (done.returncode, (tmp_path / "out.ndjson").read_text()) == (2, "mine")


def test_the_names_of_an_index_are_read_from_it(run: Run, index: Path) -> None:
    done = run("parse", "1 thornbeck row ze1 4qt", "--index", index, "--json")
    assert json.loads(done.stdout)["reading"]["postcode"] == "ZE14QT"
    absent = run("parse", "1 thornbeck row", "--index", "nowhere")
    assert (absent.returncode, "nowhere" in absent.stderr) == (1, True)
