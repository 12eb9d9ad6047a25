"""Files as people have them, by the commands a user runs: workbooks, arrays of JSON, layouts, titles and tables without
a header.
"""

import csv
import json
from pathlib import Path

import pytest

from address_match.indexer.sources.table import open_table
from tests.indexer.sources.formats.workbooks import STRINGS, altered, workbook
from tests.integration.conftest import Command

REFERENCE: list[list[object]] = [
    ["Extract of May"],
    ["UPRN", "Address", "Postcode"],
    [200001000001, "1 THORNBECK ROW, MARLOW FOLD", "ZE1 4QT"],
    [200001000002, "2 THORNBECK ROW, MARLOW FOLD", "ZE1 4QT"],
]
QUERIES: list[list[object]] = [
    ["ref", "address"],
    ["=1+1", "1 thornbeck row marlow fold ze1 4qt"],
    ["B", "nowhere at all"],
]


def rows_of(path: str) -> list[dict[str, str]]:
    with open_table(Path(path)) as table:
        return [row for batch in table.rows(100) for row in batch.data.to_pylist()]


def test_a_workbook_is_built_matched_and_written(command: Command) -> None:
    Path("reference.xlsx").write_bytes(workbook({"Notes": [], "Extract": REFERENCE}))
    Path("queries.xlsx").write_bytes(workbook({"Other": [["x"], ["y"]], "Queries": QUERIES}))
    built = command("index", "build", "reference.xlsx", "--out", "i", "--show-sample")
    assert (built.code, "sample: 1 THORNBECK ROW, MARLOW FOLD, ZE1 4QT" in built.err) == (0, True)
    assert "1 × line above the header: row 1" in built.err
    said = command(
        "match", "queries.xlsx", "--sheet", "2", "--index", "i", "--out", "out.xlsx", "--show-sample"
    )
    assert (said.code, "sample: 1 thornbeck row" in said.err) == (0, True)
    found = rows_of("out.xlsx")
    assert [row["ref"] for row in found] == ["=1+1", "B"]
    assert found[0]["match_uprn"] == "200001000001"


def test_answers_in_a_workbook_are_matched_again(command: Command, village_index: Path) -> None:
    Path("in.xlsx").write_bytes(workbook({"A": QUERIES}))
    assert command("match", "in.xlsx", "--index", village_index, "--out", "one.xlsx").code == 0
    again = command("match", "one.xlsx", "--only", "unmatched", "--index", village_index, "--out", "two.xlsx")
    assert again.code == 0, again.err
    assert rows_of("two.xlsx") == rows_of("one.xlsx")


def test_changes_come_in_a_sheet(command: Command) -> None:
    Path("reference.xlsx").write_bytes(workbook({"A": REFERENCE}))
    change: list[list[object]] = [
        ["change", "uprn", "address"],
        ["D", 200001000002, ""],
        ["I", 3, "3 THORNBECK ROW ZE1 4QT"],
    ]
    Path("changes.xlsx").write_bytes(workbook({"Read me": [["see the other sheet"]], "Changes": change}))
    assert command("index", "build", "reference.xlsx", "--out", "i").code == 0
    said = command("index", "update", "i", "changes.xlsx", "--sheet", "Changes", "--json")
    assert said.code == 0, said.err
    assert json.loads(said.out)["premises"] == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (workbook({"A": QUERIES})[:-200], "no whole workbook"),
        (altered(workbook({"A": QUERIES}), STRINGS, lambda old: old.replace(b"uniqueCount=", b"uniqueCount='9999999999' x=")), "announces"),
        (workbook({"A": []}), "none of its sheets, 'A', has a row"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_read_leaves_no_output(
    command: Command, village_index: Path, content: bytes, message: str
) -> None:
    Path("in.xlsx").write_bytes(content)
    said = command("match", "in.xlsx", "--index", village_index, "--out", "out.csv")
    assert (said.code, message in said.err, Path("out.csv").exists()) == (1, True, False)


def test_a_sheet_that_is_missing_is_named_with_those_there_are(command: Command, village_index: Path) -> None:
    Path("in.xlsx").write_bytes(workbook({"A": QUERIES}))
    said = command("match", "in.xlsx", "--sheet", "B", "--index", village_index, "--out", "out.csv")
    assert (said.code, "has no sheet 'B'; it has 'A'" in said.err) == (1, True)


def test_an_array_of_json_with_objects_within_is_matched(command: Command, village_index: Path) -> None:
    rows = [
        {"id": 1, "address": {"line_1": "1 Thornbeck Row", "postcode": "ZE1 4QT"}},
        {"id": 2, "address": None},
    ]
    Path("in.json").write_text(json.dumps(rows, indent=1))
    said = command("match", "in.json", "--index", village_index, "--out", "out.ndjson")
    assert said.code == 0, said.err
    found = rows_of("out.ndjson")
    assert [row["match_uprn"] for row in found] == ["100", ""]
    assert "address of: address.line_1, address.postcode" in said.err


def test_price_paid_as_it_is_published_is_matched(command: Command, village_index: Path) -> None:
    guid = "{0A1B2C3D-0000-1111-2222-333344445555}"
    row = [
        guid,
        "95000",
        "2026-05-18 00:00",
        "ZE1 4QT",
        "T",
        "N",
        "F",
        "2",
        "",
        "THORNBECK ROW",
        "",
        "MARLOW FOLD",
        "",
        "",
        "A",
        "A",
    ]
    with Path("in.csv").open("w", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerow(row)
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv", "--json")
    summary = json.loads(said.err)
    assert (summary["layout"], summary["rows"], rows_of("out.csv")[0]["match_uprn"]) == (
        "price-paid",
        1,
        "0200",
    )


def test_a_file_without_a_header_is_matched_by_the_numbers_of_its_columns(
    command: Command, village_index: Path
) -> None:
    Path("in.csv").write_text("7^2 Thornbeck Row^ZE1 4QT\n")
    options = ("--no-header", "--delimiter", "^", "--columns", "column_2,column_3")
    assert command("match", "in.csv", *options, "--index", village_index, "--out", "out.csv").code == 0
    assert [(row["column_1"], row["match_uprn"]) for row in rows_of("out.csv")] == [("7", "0200")]
    refused = command("match", "in.csv", "--index", village_index, "--out", "out2.csv")
    assert (refused.code, "--no-header" in refused.err) == (2, True)


def test_titles_above_a_header_are_passed_over_and_said(command: Command, village_index: Path) -> None:
    Path("in.csv").write_text("sep=;\nApplications\nmade in May\nref;address\nA;1 thornbeck row ze1 4qt\n")
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv")
    assert (said.code, "passed over: 2 rows above the header" in said.err) == (0, True)
    assert rows_of("out.csv")[0]["match_uprn"] == "100"


def test_parts_of_a_sheet_are_merged_to_the_bytes_of_one_run(command: Command, village_index: Path) -> None:
    Path("in.xlsx").write_bytes(workbook({"Other": [["x"]], "Queries": QUERIES}))
    options = ("in.xlsx", "--sheet", "Queries", "--index", village_index)
    assert command("match", *options, "--out", "one.xlsx").code == 0
    assert command("match", *options, "--out", "1.part", "--part", "1/1").code == 0
    assert command("merge", "in.xlsx", "1.part", "--out", "merged.xlsx").code == 0
    assert Path("merged.xlsx").read_bytes() == Path("one.xlsx").read_bytes()


def test_layouts_are_listed_and_an_unknown_one_is_refused(command: Command, village_index: Path) -> None:
    listed = command("index", "layouts")
    assert "price-paid                  HM Land Registry, Price Paid Data" in listed.out
    assert json.loads(command("index", "layouts", "--json").out)["price-paid"]["columns"]["street_name"] == [
        "street"
    ]
    Path("in.csv").write_text("address\nx\n")
    said = command("match", "in.csv", "--layout", "nowhere", "--index", village_index, "--out", "out.csv")
    assert (said.code, "no layout 'nowhere'; known are addressbase" in said.err) == (1, True)


def test_the_manifest_says_of_which_layout_a_reference_is(command: Command) -> None:
    header = "UPRN,CLASSIFICATION_CODE,SINGLE_LINE_ADDRESS,POSTCODE\n"
    Path("core.csv").write_text(header + '1,RD04,"1, THORNBECK ROW, MARLOW FOLD, ZE1 4QT",ZE1 4QT\n')
    assert command("index", "build", "core.csv", "--out", "i").code == 0
    manifest = json.loads(command("index", "info", "i", "--json").out)
    assert (manifest["layout"], manifest["columns"]["address"]) == (
        "addressbase-core",
        ["SINGLE_LINE_ADDRESS"],
    )
    assert "layout                addressbase-core" in command("index", "info", "i").out
