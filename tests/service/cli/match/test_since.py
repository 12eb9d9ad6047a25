"""`match --since`: answers of an earlier epoch, of which those stand that no change of the reference touches."""

import csv
import json
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main

STREETS = ("THORNBECK ROW", "QUERN STREET", "HESTER CLOSE", "OSIER COURT", "FELLGATE LANE", "SAWYER ROAD")
CHANGES = """change,uprn,address
I,900001,"41 THORNBECK ROW, MARLOW FOLD, OTLEY, LS21 4QT"
D,10007,
U,20009,"9A HESTER CLOSE, MARLOW FOLD, OTLEY, LS21 6QT"
"""


def _addresses() -> list[tuple[str, str]]:
    return [
        (f"{place}{number:04d}", f"{number} {street}, MARLOW FOLD, OTLEY, LS21 {4 + place}QT")
        for place, street in enumerate(STREETS)
        for number in range(1, 31)
    ]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index with a generation of before and one of after some changes; answers of the earlier one stand in
    answers.csv.
    """
    monkeypatch.chdir(tmp_path)
    rows = "".join(f'{uprn},"{address}"\n' for uprn, address in _addresses())
    Path("reference.csv").write_text(f"uprn,address\n{rows}")
    asked = [address.replace("MARLOW FOLD, ", "").lower() for _, address in _addresses()]
    asked += ["41 thornbeck row, otley", "43 thornbeck row, otley ls21 4qt", "", "9a hester close, otley"]
    Path("asked.csv").write_text("ref,address\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(asked)))
    Path("changes.csv").write_text(CHANGES)
    assert main(["index", "build", "reference.csv", "--out", "index"]) == 0
    assert main(["match", "asked.csv", "--index", "index", "--out", "answers.csv", "--places", "off"]) == 0
    assert main(["index", "update", "index", "changes.csv"]) == 0
    return tmp_path / "index"


def since(*more: str) -> int:
    return main(
        ["match", "answers.csv", "--since", "index/g000001", "--index", "index", "--out", "now.csv", *more]
    )


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open() as file:
        return list(csv.DictReader(file))


def decisions(path: str) -> list[tuple[str, str]]:
    return [(row["match_status"], row["match_uprn"]) for row in rows_of(path)]


def test_decisions_are_those_of_matching_all_anew(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert since("--json") == 0
    counts = json.loads(capsys.readouterr().err.splitlines()[-1])["since"]
    assert main(["match", "asked.csv", "--index", str(index), "--out", "all.csv", "--places", "off"]) == 0
    assert decisions("now.csv") == decisions("all.csv")
    assert counts["kept"] > 150
    assert counts["decided_otherwise"]["unmatched to matched"] == 2


def test_each_row_says_why_it_was_matched_again_and_what_it_was(index: Path) -> None:
    assert since() == 0
    found = {row["address"]: row for row in rows_of("now.csv")}
    new, gone = found["41 thornbeck row, otley"], found["7 quern street, otley, ls21 5qt"]
    assert (new["match_since"], new["match_earlier_status"], new["match_uprn"]) == (
        "alike_new",
        "unmatched",
        "900001",
    )
    assert (gone["match_since"], gone["match_earlier_uprn"]) == ("gone", "10007")
    kept = found["2 osier court, otley, ls21 7qt"]
    assert (kept["match_since"], kept["match_earlier_status"], kept["match_earlier_uprn"]) == ("kept", "", "")


def test_kept_rows_are_those_of_before_and_the_next_epoch_goes_on_from_them(index: Path) -> None:
    assert since() == 0
    before = {row["ref"]: row for row in rows_of("answers.csv")}
    for row in rows_of("now.csv"):
        if row["match_since"] == "kept":
            assert {name: row[name] for name in before[row["ref"]]} == before[row["ref"]]
    again = ["match", "now.csv", "--since", "index", "--index", str(index), "--out", "later.csv"]
    assert main(again) == 0
    assert {row["match_since"] for row in rows_of("later.csv")} == {"kept"}
    assert decisions("later.csv") == decisions("now.csv")


def test_options_are_those_of_the_run_before(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert since("--thorough") == 2
    assert "--thorough changed since" in capsys.readouterr().err
    assert since("--precision", ".95") == 2
    assert "--precision changed since" in capsys.readouterr().err


def test_answers_of_another_generation_are_refused(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = ["match", "answers.csv", "--since", "index/g000002", "--index", str(index), "--out", "now.csv"]
    assert main(again) == 2
    assert "the answers are not of index/g000002" in capsys.readouterr().err


def test_answers_that_were_altered_or_have_no_record_are_refused(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = Path("answers.csv")
    answers.write_text(answers.read_text().replace("12 hester", "13 hester"))
    assert since() == 2
    assert "not as `match` wrote it" in capsys.readouterr().err
    Path("answers.csv.run.json").unlink()
    assert since() == 2
    assert "answers.csv.run.json is missing" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--only", "review"], ["--part", "1/2"], ["--estimate-precision"]])
def test_what_speaks_of_other_rows_is_refused(index: Path, option: list[str]) -> None:
    assert since(*option) == 2


def test_the_record_holds_no_address(index: Path) -> None:
    assert "THORNBECK" not in Path("answers.csv.run.json").read_text().upper()
