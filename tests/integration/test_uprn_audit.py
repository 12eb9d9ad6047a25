"""A column of identifiers that somebody gave is judged by the addresses beside them."""

import csv
import json
from pathlib import Path

import pytest

from tests.built_index import built_index
from tests.integration.conftest import Command

REFERENCE = """uprn,address,postcode,parent_uprn,text_kind,status
2001,"12 MILL LANE, MALTON",YO17 7AA,,postal,approved
2002,"14 MILL LANE, MALTON",YO17 7AA,,postal,approved
2003,"OSIER COURT, 3 QUERN STREET, MALTON",YO17 7BD,,postal,approved
2004,"FLAT 1, OSIER COURT, 3 QUERN STREET, MALTON",YO17 7BD,2003,postal,approved
2005,"FLAT 2, OSIER COURT, 3 QUERN STREET, MALTON",YO17 7BD,2003,postal,approved
2006,"16 MILL LANE, MALTON",YO17 7AA,,historical,historical
"""
ROWS = {
    "12 Mill Lane, Malton YO17 7AA,2001": ("right", ""),
    "12 Mill Lane, Malton YO17 7AA,2001.0": ("right", ""),
    "12 Mill Lane, Malton YO17 7AA,000000002001": ("right", ""),
    "12 Mill Lane, Malton YO17 7AA,2002": ("wrong", "2001"),
    "12 Mill Lane, Malton YO17 7AA,9999": ("unknown", "2001"),
    "12 Mill Lane, Malton YO17 7AA,2.00001E+11": ("unknown", "2001"),
    "12 Mill Lane, Malton YO17 7AA,2006": ("retired", "2001"),
    "Flat 1 Osier Court 3 Quern Street Malton YO17 7BD,2003": ("parent", "2004"),
    "Flat 9 Osier Court 3 Quern Street Malton YO17 7BD,2003": ("parent", ""),
    "Flat 1 Osier Court 3 Quern Street Malton YO17 7BD,2005": ("wrong", "2004"),
    ",2001": ("unsure", ""),
    "12 Mill Lane, Malton YO17 7AA,": ("", ""),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("audit"), REFERENCE)


@pytest.fixture
def rows(command: Command) -> Path:
    """A file of addresses and identifiers, in the folder in which the commands run."""
    lines = ["address,held\n"]
    for row in ROWS:
        address, _, given = row.rpartition(",")
        lines.append(f'"{address}",{given}\n')
    Path("in.csv").write_text("".join(lines))
    return Path("in.csv")


def answers(path: str) -> list[dict[str, str]]:
    with Path(path).open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_each_identifier_has_a_verdict_a_probability_and_where_known_a_better_one(
    command: Command, rows: Path, index: Path
) -> None:
    said = command("match", rows, "--audit", "Held", "--index", index, "--out", "out.csv", "--json")
    found = answers("out.csv")
    assert [(row["match_audit"], row["match_audit_uprn"]) for row in found] == list(ROWS.values())
    assert all((row["match_audit_probability"] == "") == (row["held"] == "") for row in found)
    assert json.loads(said.err)["audit"] == {
        "right": 3,
        "wrong": 2,
        "parent": 2,
        "retired": 1,
        "unknown": 2,
        "unsure": 1,
        "none": 1,
    }


def test_an_audit_changes_no_answer(command: Command, rows: Path, index: Path) -> None:
    options = ["--index", index, "--top", 2]
    assert command("match", rows, *options, "--out", "plain.csv").code == 0
    assert command("match", rows, *options, "--audit", "held", "--jobs", 2, "--out", "out.csv").code == 0
    plain = answers("plain.csv")
    assert [{name: row[name] for name in plain[0]} for row in answers("out.csv")] == plain


def test_parts_and_rows_that_stand_keep_their_verdicts(command: Command, rows: Path, index: Path) -> None:
    options = ["--audit", "held", "--index", index]
    assert command("match", rows, *options, "--out", "whole.csv").code == 0
    assert command("match", rows, *options, "--part", "1/1", "--out", "1.part").code == 0
    assert command("merge", rows, "1.part", "--out", "merged.csv").code == 0
    assert command("match", "whole.csv", *options, "--only", "review", "--out", "again.csv").code == 0
    whole = Path("whole.csv").read_bytes()
    assert (Path("merged.csv").read_bytes(), Path("again.csv").read_bytes()) == (whole, whole)


def test_a_column_that_is_not_there_is_refused(command: Command, rows: Path, index: Path) -> None:
    said = command("match", rows, "--audit", "uprn", "--index", index, "--out", "out.csv")
    assert (said.code, "the input has no column 'uprn'" in said.err) == (2, True)
