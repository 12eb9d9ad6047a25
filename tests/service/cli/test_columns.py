"""What is said of a file before any of its rows is matched."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from address_match.service.cli import main
from tests.indexer.sources.formats.workbooks import workbook

FILE = "ref,street,town,postcode\nA,12 Mill Lane,Malton,YO17 7AA\nB,,,\nC,3 Quern Street,Malton,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(FILE)
    return path


def view(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert main(["columns", *map(str, arguments), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_columns_that_make_the_address_are_named_with_the_first_addresses(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = view(capsys, file)
    assert found["columns"] == ["ref", "street", "town", "postcode"]
    assert (found["address_columns"], found["unused_columns"]) == (["street", "town", "postcode"], ["ref"])
    assert found["sample"] == ["12 Mill Lane, Malton, YO17 7AA", "3 Quern Street, Malton"]
    assert (found["rows"], found["problem"]) == (3, "")


def test_columns_that_are_named_are_taken(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = view(capsys, file, "--columns", "town,street")
    assert found["sample"] == ["Malton, 12 Mill Lane", "Malton, 3 Quern Street"]


def test_a_file_without_an_address_is_shown_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text("ref,colour\nA,red\n")
    found = view(capsys, tmp_path / "in.csv")
    assert (found["columns"], found["address_columns"], found["sample"]) == (["ref", "colour"], [], [])
    assert found["problem"] == "the input has no address column; it has ref, colour"
    assert main(["columns", str(tmp_path / "in.csv")]) == 0
    assert "name the columns that make the address: --columns a,b,c" in capsys.readouterr().out


LOOSE = "\n".join(
    [
        'Ref,"Where, as told",Code',
        *(f"{number},{number} Mill Lane,YO17 7A{letter}" for number, letter in enumerate("ABDEF", 3)),
    ]
)


def test_columns_whose_cells_look_like_an_address_are_offered_in_the_words_to_name_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text(LOOSE)
    assert view(capsys, tmp_path / "in.csv")["columns_like_an_address"] == ["Where, as told", "Code"]
    assert main(["columns", str(tmp_path / "in.csv")]) == 0
    assert """--columns '"Where, as told",Code'""" in capsys.readouterr().out
    found = view(capsys, tmp_path / "in.csv", "--columns", '"Where, as told",Code')
    assert found["address_columns"] == ["Where, as told", "Code"]


def test_postcodes_in_a_column_that_no_name_tells_are_said_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text(LOOSE.replace('"Where, as told"', "address"))
    assert view(capsys, tmp_path / "in.csv")["postcodes_left_out"] == ["Code"]
    assert view(capsys, tmp_path / "in.csv", "--columns", "address,Code")["postcodes_left_out"] == []
    assert main(["columns", str(tmp_path / "in.csv")]) == 0
    assert "but Code hold postcodes, which the addresses lack" in capsys.readouterr().out


def test_of_a_workbook_of_several_sheets_it_is_said_which_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = {"Cover": [["Roll of 2026"]], "Roll": [["address"], ["12 Mill Lane, Malton"]]}
    (tmp_path / "in.xlsx").write_bytes(workbook(sheets))
    found = view(capsys, tmp_path / "in.xlsx")
    assert (found["sheet"], found["sheets"], found["sample"]) == (
        "Roll",
        ["Cover", "Roll"],
        ["12 Mill Lane, Malton"],
    )
    assert main(["columns", str(tmp_path / "in.xlsx")]) == 0
    assert "sheet: Roll, of Cover, Roll" in capsys.readouterr().out


def test_a_person_reads_it_too(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["columns", str(file)]) == 0
    said = capsys.readouterr().out
    assert "4 columns, about 3 rows" in said
    assert "address of: street, town, postcode" in said
    assert "sample: 12 Mill Lane, Malton, YO17 7AA" in said


def test_where_several_sheets_may_be_meant_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[object]] = [["house number", "street"], [12, "Mill Lane"]]
    (tmp_path / "in.xlsx").write_bytes(workbook({"May": rows, "June": rows}))
    found = view(capsys, tmp_path / "in.xlsx")
    assert (found["columns"], found["sheets"]) == ([], ["May", "June"])
    assert "name the one that is meant" in str(found["problem"])
    assert main(["columns", str(tmp_path / "in.xlsx")]) == 0
    assert "name one of the sheets May, June: --sheet NAME" in capsys.readouterr().out
    assert view(capsys, tmp_path / "in.xlsx", "--sheet", "June")["sample"] == ["12 Mill Lane"]


def attended(*arguments: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "address_match.service.cli.program.attended", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def test_an_attended_command_ends_with_who_attends_to_it(file: Path) -> None:
    with attended("columns", file) as given_up:
        assert given_up.stdin is not None
        given_up.stdin.close()
        assert given_up.wait(timeout=60) == 1


def test_an_attended_command_leaves_its_files_to_their_owner(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    with attended("parse", "--input", file, "--out", out) as parsing:
        assert parsing.wait(timeout=60) == 0
    assert out.stat().st_mode & 0o077 == 0
