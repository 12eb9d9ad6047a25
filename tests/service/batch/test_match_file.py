import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from address_match.indexer.sources.table import open_table
from address_match.service.batch.matcher import MatchOptions
from address_match.service.errors import UsageError
from tests.service.batch.arrangements import csv_rows, match_file, unopenable_matcher


def test_every_row_comes_back_in_order_with_its_answer(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("ref,address\nA,2 mill lane\nB,\nC,nowhere\nD,1 mill lane\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv")
    found = [
        (r["ref"], r["match_status"], r["match_uprn"], r["match_reason"])
        for r in csv_rows(tmp_path / "out.csv")
    ]
    assert found == [
        ("A", "matched", "0200", ""),
        ("B", "unmatched", "", "blank"),
        ("C", "unmatched", "", "absent"),
        ("D", "matched", "100", ""),
    ]


def test_the_added_columns_are_the_contract(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n1 mill lane\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv", options=MatchOptions(top=2))
    header, row = (tmp_path / "out.csv").read_text().splitlines()
    assert header == (
        "address,match_status,match_uprn,match_address,match_probability,match_absent_probability,match_relation,"
        "match_related_uprn,match_reason,match_error,match_code,match_candidates"
    )
    assert row.startswith("1 mill lane,matched,100,1 MILL LANE,0.97,0.03,exact,,,,premises,")


def test_candidates_are_a_json_list_in_every_status(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n1 mill lane\nnowhere\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv", options=MatchOptions(top=1))
    first, second = (json.loads(r["match_candidates"]) for r in csv_rows(tmp_path / "out.csv"))
    shown = {"address": "1 MILL LANE", "probability": 0.97, "relation": "exact", "match_code": "premises"}
    assert first == [{"uprn": "100", **shown}]
    assert second == []


def test_an_explanation_is_a_json_object_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n1 mill lane\nnowhere\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv", options=MatchOptions(explain=True))
    match_file(tmp_path / "in.csv", tmp_path / "out.ndjson", options=MatchOptions(explain=True))
    texts = [json.loads(r["match_explanation"]) for r in csv_rows(tmp_path / "out.csv")]
    lines = (tmp_path / "out.ndjson").read_text().splitlines()
    assert texts == [json.loads(line)["match_explanation"] for line in lines]
    assert texts[0]["candidates"][0]["evidence"][0]["words"] == "number 1 agrees"
    assert texts[1]["candidates"] == []


def test_address_columns_and_the_postcode_are_joined(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address_line_1,address_line_2,postcode\n1,mill lane,\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv")
    assert csv_rows(tmp_path / "out.csv")[0]["match_uprn"] == "100"


def test_values_with_commas_quotes_and_line_breaks_come_back_whole(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('note,address\n"a, ""b""\nc",1 mill lane\n')
    match_file(tmp_path / "in.csv", tmp_path / "out.csv")
    assert csv_rows(tmp_path / "out.csv")[0]["note"] == 'a, "b"\nc'


def test_a_ragged_row_is_answered_and_reported_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("ref,address\nA,1 mill lane\nB\nC,2 mill lane,extra\n")
    summary = match_file(tmp_path / "in.csv", tmp_path / "out.csv")
    errors = [r["match_error"] for r in csv_rows(tmp_path / "out.csv")]
    assert errors[0] == ""
    assert errors[1].startswith("row 2: ragged row")
    assert errors[2].startswith("row 3: ragged row")
    assert (summary.rows, summary.notes) == (3, 2)


def test_a_line_that_is_no_json_keeps_its_row_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "in.ndjson").write_text(
        '{"address": "1 mill lane"}\n{"address": \n{"address": "2 mill lane"}\n'
    )
    match_file(tmp_path / "in.ndjson", tmp_path / "out.ndjson", batch=10)
    rows = [json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()]
    assert [r["match_reason"] for r in rows] == ["", "error", ""]
    assert rows[1]["match_error"].startswith("row 2: not JSON")


def test_broken_utf_8_is_mended_matched_and_reported(tmp_path: Path) -> None:
    good = "ref,address\nCafé,1 mill lane\nCafé,1 mill lane\n".encode()
    (tmp_path / "in.csv").write_bytes(good + b"Caf\xe9,2 mill lane\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv")
    last = csv_rows(tmp_path / "out.csv")[-1]
    assert (last["ref"], last["match_uprn"]) == ("Café", "0200")
    assert "broken UTF-8" in last["match_error"]


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
def test_bytes_of_parquet_come_out_as_the_text_that_they_are(tmp_path: Path, suffix: str) -> None:
    table = pa.table({"address": pa.array([b"1 mill lane", "caf\xe9".encode("cp1252")], pa.binary())})
    pq.write_table(table, tmp_path / "in.parquet")
    match_file(tmp_path / "in.parquet", tmp_path / f"out.{suffix}")
    written = (tmp_path / f"out.{suffix}").read_text(encoding="utf-8")
    assert "1 mill lane" in written
    assert "café" in written
    assert "b'" not in written


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "parquet"])
def test_a_broken_text_of_a_dictionary_is_mended_in_every_output(tmp_path: Path, suffix: str) -> None:
    texts = pa.array([b"caf\xe9", b"1 mill lane"], pa.binary()).view(pa.string())
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.int32()), texts)
    pq.write_table(pa.table({"address": column}), tmp_path / "in.parquet")
    match_file(tmp_path / "in.parquet", tmp_path / f"out.{suffix}")
    with open_table(tmp_path / f"out.{suffix}") as table:
        errors = table.columns.index("match_error")
        rows = [row for b in table.rows(9) for row in zip(b.strings(0), b.strings(errors), strict=True)]
    found = [(address.as_py(), "broken UTF-8" in error.as_py()) for address, error in rows]
    assert found == [("café", True), ("1 mill lane", False), ("café", True)]


def test_a_number_that_is_none_is_null_in_json(tmp_path: Path) -> None:
    table = pa.table({"address": ["1 mill lane"] * 3, "height": [float("nan"), float("inf"), 2.5]})
    pq.write_table(table, tmp_path / "in.parquet")
    match_file(tmp_path / "in.parquet", tmp_path / "out.ndjson")
    rows = [json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()]
    assert [row["height"] for row in rows] == [None, None, 2.5]


def test_parquet_columns_keep_their_types(tmp_path: Path) -> None:
    pq.write_table(pa.table({"ref": [7, None], "address": ["1 mill lane", None]}), tmp_path / "in.parquet")
    match_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    out = pq.read_table(tmp_path / "out.parquet")
    assert out.schema.field("ref").type == pa.int64()
    assert out.column("match_reason").to_pylist() == ["", "blank"]
    assert out.column("match_probability").to_pylist() == [0.97, 0.0]


def test_packed_tsv_in_and_out(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "in.tsv.gz", "wt") as stream:
        stream.write("ref\taddress\nA\t1 mill lane\n")
    match_file(tmp_path / "in.tsv.gz", tmp_path / "out.tsv.gz")
    with gzip.open(tmp_path / "out.tsv.gz", "rt") as stream:
        assert stream.read().splitlines()[1].startswith("A\t1 mill lane\tmatched\t100\t")


def test_two_columns_of_one_name_come_back_as_csv_and_are_refused_as_json(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("x,x,address\n1,2,1 mill lane\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[1].startswith("1,2,1 mill lane,matched")
    with pytest.raises(UsageError, match="two columns 'x'"):
        match_file(tmp_path / "in.csv", tmp_path / "out.ndjson")


def test_several_processes_write_the_same_file_as_one(tmp_path: Path) -> None:
    lines = [f"{i},{i % 3} mill lane" for i in range(41)]
    (tmp_path / "in.csv").write_text("\n".join(["ref,address", *lines]))
    match_file(tmp_path / "in.csv", tmp_path / "one.csv", batch=4)
    match_file(tmp_path / "in.csv", tmp_path / "two.csv", batch=4, jobs=2)
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    assert len(csv_rows(tmp_path / "two.csv")) == 41


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_index_that_cannot_be_opened_ends_the_run_and_leaves_no_file(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "in.csv").write_text("address\n1 mill lane\n")
    with pytest.raises(LookupError, match="not there"):
        match_file(tmp_path / "in.csv", tmp_path / "out.csv", jobs=jobs, open_matcher=unopenable_matcher)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


def test_the_summary_counts_statuses_and_reasons(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("ref,address\nA,1 mill lane\nB,\nC,nowhere\nD,nowhere\n")
    summary = match_file(tmp_path / "in.csv", tmp_path / "out.csv").as_json()
    assert summary["rows"] == 4
    assert summary["status"] == {"matched": 1, "review": 0, "unmatched": 3}
    assert summary["reason"] == {"absent": 2, "blank": 1}


def test_a_disk_that_fills_up_ends_the_run_with_the_cause_and_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n" + "1 mill lane\n" * 4_000)
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536));"
        "from pathlib import Path; from tests.service.batch.arrangements import match_file;"
        f"match_file(Path({str(tmp_path)!r}, 'in.csv'), Path({str(tmp_path)!r}, 'out.csv'))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", limited],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OSError: [Errno 27] File too large" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
        min_size=1,
        max_size=9,
    )
)
def test_any_text_gives_exactly_one_row_with_its_input(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    pq.write_table(pa.table({"address": texts}), folder / "in.parquet")
    match_file(folder / "in.parquet", folder / "out.csv")
    assert [r["address"] for r in csv_rows(folder / "out.csv")] == texts
