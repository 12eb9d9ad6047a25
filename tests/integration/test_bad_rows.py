"""Rows and files that are not as they should be: one row out for each row in, in order, or an error that says why."""

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.integration.conftest import Command

ODD = {
    "blank": "",
    "white space": " \t ",
    "as long as may be": "1 THORNBECK ROW " * 625,
    "a little longer": "x" * 10_001,
    "much longer": "1 thornbeck row " * 50_000,
    "control characters": "1\x00 thorn\x07beck\x1b[31m row\x85",
    "an end of line within": "1 thornbeck row\nmarlow fold\r\nze1 4qt",
    "a carriage return alone": "1 thornbeck row\rze1 4qt",
    "emoji": "🏠 1 thornbeck row 👨‍👩‍👧",
    "combining marks": "1 thornbeck row" + "\u0301" * 500,
    "nothing visible": "\u200b\u2060",
    "another direction": "\u202e1 thornbeck row",
    "a bare postcode": "ze1 4qt",
    "an unknown postcode": "zz9 9zz",
    "a PO box": "PO BOX 12, OSTWICK",
    "another country": "12 Rue de la Paix, 75002 Paris, France",
    "three addresses": "1 thornbeck row; 2 thornbeck row; flat 3 osier court quern street",
    "punctuation": ",,,...!!!---",
    "a number": "9" * 5_000,
    "slashes": "1/2/3/4/5 - 9-10-11, 3/2 2/3",
    "a formula": '=HYPERLINK("x")',
    "many postcodes": "ZE1 4QT " * 1_200,
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_every_odd_address_gets_its_row_back_with_an_answer(command: Command, village_index: Path) -> None:
    with Path("in.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("kind", "address"), *ODD.items()])
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv")
    rows = _rows(Path("out.csv"))
    assert said.code == 0
    assert [(r["kind"], r["address"]) for r in rows] == list(ODD.items())
    assert {r["match_status"] for r in rows} <= {"matched", "review", "unmatched"}
    reasons = {r["kind"]: r["match_reason"] for r in rows}
    assert (reasons["blank"], reasons["white space"]) == ("blank", "blank")
    assert [kind for kind, reason in reasons.items() if reason == "error"] == [
        "a little longer",
        "much longer",
    ]
    assert reasons["a bare postcode"] != ""


@pytest.mark.parametrize("kind", list(ODD))
def test_an_odd_address_is_found_and_parsed_without_a_traceback(
    command: Command, village_index: Path, kind: str
) -> None:
    said = command("find", "--index", village_index, "--json", "--", ODD[kind])
    assert said.code == (1 if len(ODD[kind]) > 10_000 else 0)
    assert json.loads(said.out)["input"] == ODD[kind]
    assert command("parse", "--", ODD[kind]).code == (2 if len(ODD[kind]) > 10_000 else 0)


def test_an_odd_address_is_explained(command: Command, village_index: Path) -> None:
    for kind in ("blank", "emoji", "a bare postcode", "punctuation"):
        assert command("explain", "--index", village_index, "--", ODD[kind]).code == 0
    said = command("explain", "--index", village_index, "--", ODD["a little longer"])
    assert (said.code, "10,001 characters" in said.err) == (2, True)


def test_ragged_and_blank_rows_keep_their_place_and_say_their_number(
    command: Command, village_index: Path
) -> None:
    Path("in.csv").write_text(
        "ref,address,postcode\nA,1 thornbeck row,ZE1 4QT\nB\n,,\nC,2 thornbeck row,ZE1 4QT,more\n"
    )
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv")
    rows = _rows(Path("out.csv"))
    assert [(r["ref"], r["match_uprn"]) for r in rows] == [("A", "100"), ("B", ""), ("", ""), ("C", "0200")]
    assert rows[3]["postcode"] == "ZE1 4QT,more"
    assert [r["match_error"][:18] for r in rows] == ["", "row 2: ragged row:", "", "row 4: ragged row:"]
    assert "2 rows were mended" in said.err


def test_broken_utf_8_is_mended_and_reported_without_repeating_the_address(
    command: Command, village_index: Path
) -> None:
    good = "ref,address\nÉ,1 thornbeck row\nÉ,1 thornbeck row\n".encode()
    Path("in.csv").write_bytes(good + b"C,2 thornbeck row Caf\xe9\n")
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv")
    last = _rows(Path("out.csv"))[-1]
    assert (last["address"], last["match_error"]) == (
        "2 thornbeck row Café",
        "row 3: broken UTF-8: read as Windows-1252",
    )
    assert "thornbeck" not in said.err


@pytest.mark.parametrize("after", [2, 300])
def test_a_quote_left_open_costs_no_row(command: Command, village_index: Path, after: int) -> None:
    Path("in.csv").write_text('ref,address\nA,"1 thornbeck row\n' + "B,2 thornbeck row\n" * after)
    said = command("match", "in.csv", "--index", village_index, "--out", "out.csv")
    rows = _rows(Path("out.csv"))
    assert [r["ref"] for r in rows] == ["A", *["B"] * after]
    assert rows[0]["match_error"].startswith("row 1: open quote")
    assert "1 rows were mended" in said.err


def test_lines_that_are_no_json_keep_their_place(command: Command, village_index: Path) -> None:
    Path("in.ndjson").write_text('{"address":"1 thornbeck row ze1 4qt"}\nnope\n[1]\n{"address":null}\n')
    assert command("match", "in.ndjson", "--index", village_index, "--out", "out.ndjson").code == 0
    rows = [json.loads(line) for line in Path("out.ndjson").read_text().splitlines()]
    assert [r["match_reason"] for r in rows] == ["", "error", "error", "blank"]
    assert rows[2]["match_error"].startswith("row 3: not JSON")


BROKEN = {
    "empty.csv": (b"", 1, "is empty"),
    "no_address.csv": (b"uprn,note\n1,x\n", 2, "no address column; it has uprn, note"),
    "table.ods": (b"PK", 2, "unknown suffix '.ods'"),
    "cut.xlsx": (b"PK", 1, "is no whole workbook"),
    "older.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(99), 1, "a workbook of before 2007; save it as .xlsx"),
    "one_object.json": (b'{\n"rows": [1]\n}\n', 1, "one object a line is needed, or an array of objects"),
    "two_addresses.csv": (
        b"Billing Address,Delivery Address\nx,y\n",
        2,
        "it has Billing Address, Delivery Address",
    ),
    "binary.csv": (b"\x00\x01\x02\x00", 1, "binary data"),
    "cut.csv.gz": (gzip.compress(b"address\n" + bytes(range(32, 127)) * 99)[:60], 1, "cannot be read"),
    "cut.parquet": (b"PAR1xxxxPAR1", 1, "cannot be read as parquet"),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_file_that_cannot_be_read_is_named_and_leaves_no_output(
    command: Command, village_index: Path, name: str
) -> None:
    content, code, says = BROKEN[name]
    Path(name).write_bytes(content)
    said = command("match", name, "--index", village_index, "--out", "out.csv")
    assert (said.code, says in said.err) == (code, True), said.err
    assert [p.name for p in Path().iterdir()] == [name]


@pytest.mark.parametrize(
    "name",
    ["empty.csv", "table.ods", "cut.xlsx", "one_object.json", "binary.csv", "cut.csv.gz", "cut.parquet"],
)
def test_a_reference_that_cannot_be_read_is_named_and_leaves_no_index(command: Command, name: str) -> None:
    content, code, says = BROKEN[name]
    Path(name).write_bytes(content)
    said = command("index", "build", name, "--out", "index")
    assert (said.code, says in said.err) == (code, True), said.err
    assert not Path("index", "manifest.json").exists()


def test_a_reference_lacks_a_column_or_every_row(command: Command) -> None:
    Path("a.csv").write_text("uprn,note\n1,x\n")
    Path("b.csv").write_text("place,address\n1,x\n")
    Path("c.csv").write_text("uprn,address\n,1 mill lane\n7,\n")
    for name, says in (("a", "no address column"), ("b", "no column uprn"), ("c", "no usable row")):
        said = command("index", "build", f"{name}.csv", "--out", "index")
        assert (said.code, says in said.err) == (1, True), said.err
    assert "holds no product that is known" in command("index", "build", ".", "--out", "index").err


def test_bad_rows_of_a_reference_are_left_out_and_reported_with_their_numbers(command: Command) -> None:
    Path("ref.csv").write_text(
        "uprn,address\n1,1 mill lane\n1,1 mill lane\n1,mill house\n,2 mill lane\n3,\n4,4 mill lane,more\n"
    )
    said = command("index", "build", "ref.csv", "--out", "index")
    assert said.code == 0
    assert "3 texts of 2 premises" in said.out
    for line in ("duplicate row: row 2", "missing uprn: row 4", "blank address: row 5", "ragged row: row 6"):
        assert f"1 × {line}" in said.err
    assert "mill" not in said.err


def _odd_table() -> pa.Table:
    """Rows of values that Python has no words for, and a text that is broken in UTF-8."""
    offsets = pa.array([0, 15, 20, 35], pa.int32()).buffers()[1]
    texts = pa.py_buffer(b"1 thornbeck row" + b"Caf\xe9!" + b"2 thornbeck row")
    return pa.table(
        {
            "address": pa.Array.from_buffers(pa.string(), 3, [None, offsets, texts]),
            "nanoseconds": pa.array([1_700_000_000_000_000_001, 1, None], pa.timestamp("ns")),
            "zone": pa.array([1, 2, None], pa.timestamp("us", tz="Mars/Base")),
            "far": pa.array([2**30, 1, -(2**30)], pa.date32()),
            "lasting": pa.array([2**60, 1, 2], pa.duration("s")),
            "half": pa.array([1.5, float("nan"), 2.0], pa.float16()),
            "listed": pa.array([[2**62 + 1], [1], None], pa.list_(pa.timestamp("ns"))),
        }
    )


@pytest.mark.parametrize("out", ["out.csv", "out.ndjson", "out.parquet"])
def test_no_value_of_a_parquet_file_ends_the_run(command: Command, village_index: Path, out: str) -> None:
    pq.write_table(_odd_table(), "in.parquet")
    said = command("match", "in.parquet", "--columns", "address", "--index", village_index, "--out", out)
    assert (said.code, said.err[:11]) == (0, "3 addresses")
    found = (
        pq.read_table(out).column("address").to_pylist()
        if out.endswith("parquet")
        else [line for line in Path(out).read_text(encoding="utf-8").splitlines() if "Café!" in line]
    )
    assert found == ["1 thornbeck row", "Café!", "2 thornbeck row"] or "row 2: broken UTF-8" in found[0]
    if out == "out.csv":
        row = _rows(Path(out))[0]
        assert (row["nanoseconds"], row["zone"]) == (
            "2023-11-14 22:13:20.000000001",
            "1970-01-01 00:00:00.000001 UTC",
        )


def test_a_lone_surrogate_in_the_key_of_an_object_ends_no_run(command: Command, village_index: Path) -> None:
    Path("in.ndjson").write_text('{"address": "1 thornbeck row", "\\ud800": "x"}\n' * 2)
    for out in ("out.csv", "out.ndjson", "out.parquet"):
        assert command("match", "in.ndjson", "--index", village_index, "--out", out).code == 0


def test_a_formula_is_guarded_for_a_spreadsheet_on_request(command: Command, village_index: Path) -> None:
    with Path("in.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("=1+1", "address"), ("+A", "@SUM(1)"), ("-3", "1 thornbeck row")])
    arguments = ("match", "in.csv", "--index", village_index, "--out", "out.csv", "--force")
    assert command(*arguments).code == 0
    assert Path("out.csv").read_text().startswith("=1+1,address,")
    assert command(*arguments, "--spreadsheet").code == 0
    cells = [line.split(",")[:2] for line in Path("out.csv").read_text().splitlines()]
    assert cells == [["'=1+1", "address"], ["'+A", "'@SUM(1)"], ["'-3", "1 thornbeck row"]]
    said = command("match", "in.csv", "--index", village_index, "--out", "out.ndjson", "--spreadsheet")
    assert (said.code, "--spreadsheet is for CSV and TSV" in said.err) == (2, True)
