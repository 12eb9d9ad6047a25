"""Verdicts of a person are taken back where they fit the answers, and refused with their row where they do not."""

import csv
from pathlib import Path

import pytest

from address_match.service.cli.program.command_line import command_line
from address_match.service.errors import UsageError
from address_match.service.evaluation.hand_check import CheckedStratum
from address_match.service.evaluation.hand_verdicts import (
    HandVerdict,
    checked_strata,
    read_matched,
    read_verdicts,
)
from tests.indexer.sources.formats.workbooks import workbook

ANSWERS = """address,match_status,match_uprn,match_address,match_probability
1 mill lane,matched,0100,1 MILL LANE,0.97
elsewhere,unmatched,,,0.1
=2 mill lane,matched,0200,2 MILL LANE,0.9999
3 mill lane,matched,0300,3 MILL LANE,0.9998
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(ANSWERS)
    return path


def check(*words: object) -> int:
    arguments = command_line().parse_args(["check", *map(str, words)])
    code: int = arguments.run(arguments)
    return code


def drawn_rows(answers: Path) -> list[dict[str, str]]:
    out = answers.with_name("check.csv")
    check(answers, "--out", out, "--force")
    with out.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def filled_in(answers: Path, *verdicts: str, **others: str) -> Path:
    """Write the drawn rows with verdicts; `others` are values of the first row."""
    rows = drawn_rows(answers)
    for row, verdict in zip(rows, verdicts, strict=False):
        row["check_verdict"] = verdict
    rows[0] |= others
    path = answers.with_name("verdicts.csv")
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_matched_rows_are_written_with_their_weights_and_run_no_formula(answers: Path) -> None:
    rows = drawn_rows(answers)
    assert [(row["check_row"], row["check_weight"], row["check_verdict"]) for row in rows] == [
        ("1", "1.0", ""),
        ("3", "1.0", ""),
        ("4", "1.0", ""),
    ]
    assert rows[1]["address"] == "'=2 mill lane"


def _workbook_with_notes(answers: Path) -> Path:
    """Write the answers as the second sheet of a workbook, behind one of notes."""
    rows = [line.split(",") for line in ANSWERS.splitlines()]
    book = answers.with_name("answers.xlsx")
    book.write_bytes(workbook({"Notes": [["checked by"], ["A B"]], "Answers": rows}))
    return book


def test_answers_are_read_from_the_sheet_that_is_named(answers: Path) -> None:
    book = _workbook_with_notes(answers)
    out = answers.with_name("check.csv")
    check(book, "--sheet", "Answers", "--out", out)
    assert len(out.read_text().splitlines()) == 4
    with pytest.raises(UsageError, match="match_status"):
        check(book, "--sheet", "Notes", "--out", out, "--force")


def test_answers_are_read_from_the_first_sheet_that_names_an_address(answers: Path) -> None:
    book = _workbook_with_notes(answers)
    out = answers.with_name("check.csv")
    check(book, "--out", out)
    assert len(out.read_text().splitlines()) == 4


def test_verdicts_are_counted_by_stratum(answers: Path) -> None:
    matched = read_matched(answers)
    verdicts = read_verdicts(filled_in(answers, "right", " WRONG ", "cannot tell"), matched)
    assert list(verdicts.values()) == [HandVerdict.RIGHT, HandVerdict.WRONG, HandVerdict.CANNOT_TELL]
    assert checked_strata(matched, verdicts) == [
        CheckedStratum(0, 0, 0),
        CheckedStratum(1, 1, 1),
        CheckedStratum(0, 0, 0),
        CheckedStratum(2, 1, 0),
    ]


def test_the_estimate_is_printed_with_what_is_missing(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(answers, "--verdicts", filled_in(answers, "right", "wrong", ""))
    assert capsys.readouterr().out.startswith("of 3 matched: right 33.3 % (")
    check(answers, "--verdicts", filled_in(answers, "", "", ""), "--json")
    assert '"precision": null' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("verdict", "others", "complaint"),
    [
        ("maybe", {}, "'maybe' is no verdict"),
        ("right", {"check_row": "2"}, "'2' is no matched row"),
        ("right", {"check_row": "99"}, "'99' is no matched row"),
        ("right", {"check_row": "one"}, "'one' is no matched row"),
        ("right", {"check_key": "k1"}, "another premises"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_row(
    answers: Path, verdict: str, others: dict[str, str], complaint: str
) -> None:
    path = filled_in(answers, verdict, **others)
    with pytest.raises(UsageError, match=f"row 1 of .*{complaint}"):
        read_verdicts(path, read_matched(answers))


def test_a_row_that_stands_twice_is_refused(answers: Path) -> None:
    path = filled_in(answers, "right")
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    with pytest.raises(UsageError, match=r"row 4 of .* stands twice"):
        read_verdicts(path, read_matched(answers))


def test_a_file_without_a_match_has_nothing_to_check(answers: Path) -> None:
    answers.write_text(ANSWERS.replace(",matched", ",review"))
    with pytest.raises(UsageError, match="no matched row"):
        check(answers, "--out", answers.with_name("check.csv"))


def test_what_is_no_file_of_answers_is_refused(answers: Path) -> None:
    answers.write_text("address\n1 mill lane\n")
    with pytest.raises(UsageError, match="no column match_status"):
        check(answers, "--out", answers.with_name("check.csv"))
