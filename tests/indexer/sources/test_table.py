import gzip
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.columns.address_columns import detect_address_columns
from address_match.indexer.sources.columns.written_address import join_address
from address_match.indexer.sources.formats.quoted_rows import quoted_rows
from address_match.indexer.sources.table import open_table
from address_match.indexer.sources.table_batch import TableBatch


def read(content: bytes, *, format: str = "csv", encoding: str | None = None) -> list[TableBatch]:  # noqa: A002
    with open_table(io.BytesIO(content), format=format, encoding=encoding) as table:
        return list(table.rows(2))


def cells(content: bytes, *, format: str = "csv", encoding: str | None = None) -> list[tuple[str, ...]]:  # noqa: A002
    batches = read(content, format=format, encoding=encoding)
    return [tuple(row.values()) for batch in batches for row in batch.data.to_pylist()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(delimiter: str) -> None:
    content = f'id{delimiter}address\n1{delimiter}"2{delimiter} High St"\n'.encode()
    assert cells(content) == [("1", f"2{delimiter} High St")]


def test_a_quoted_field_may_hold_line_breaks() -> None:
    assert cells(b'id,address\r\n1,"2 High St\r\nAnytown"\r\n2,x\r\n') == [
        ("1", "2 High St\r\nAnytown"),
        ("2", "x"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_detected(encoding: str) -> None:
    assert cells("id,address\n1,Caffè Pêr\n".encode(encoding)) == [("1", "Caffè Pêr")]


def test_ragged_rows_are_kept_and_reported() -> None:
    batches = read(b"id,address\n1\n2,High St,Anytown\n3,x\n")
    rows = [tuple(r.values()) for b in batches for r in b.data.to_pylist()]
    assert rows == [("1", ""), ("2", "High St,Anytown"), ("3", "x")]
    assert [(e.row, e.what) for b in batches for e in b.errors] == [(1, "ragged row"), (2, "ragged row")]


def test_broken_utf8_is_mended_and_reported() -> None:
    batches = read("id,address\n1,Caffè Bôn\n".encode() + b"2,Caf\xe9\n")
    assert batches[0].data.column(1).to_pylist() == ["Caffè Bôn", "Café"]
    assert [(e.row, e.what) for e in batches[0].errors] == [(2, "broken UTF-8")]


def test_a_file_of_one_column_keeps_commas_and_empty_lines() -> None:
    assert cells(b"address\n1 High St, Anytown\n\n2 High St\n") == [
        ("1 High St, Anytown",),
        ("",),
        ("2 High St",),
    ]


def test_rows_are_numbered_across_batches() -> None:
    assert [batch.first_row for batch in read(b"a,b\n" + b"1,2\n" * 5)] == [1, 3, 5]


def test_a_column_name_may_stand_twice() -> None:
    batch = read(b"a,a\n1,2\n")[0]
    assert [batch.strings(0).to_pylist(), batch.strings(1).to_pylist()] == [["1"], ["2"]]


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_says_so(content: bytes) -> None:
    with pytest.raises(SourceError, match="is empty"):
        read(content)


def test_binary_content_says_so() -> None:
    with pytest.raises(SourceError, match="binary data"):
        read(b"\x89HDF" + bytes(100))


@pytest.mark.parametrize("format", ["csv", "tsv", "ndjson"])
def test_a_packed_file_and_a_workbook_are_named_as_such(format: str) -> None:  # noqa: A002
    with pytest.raises(SourceError, match=r"packed by gzip; let its name end in \.gz"):
        read(gzip.compress(b"id,address\n1,x\n"), format=format)
    with pytest.raises(SourceError, match="a workbook or an archive"):
        read(b"PK\x03\x04workbook", format=format)


def test_utf16_without_a_mark_is_read_when_it_is_named() -> None:
    content = "id,address\n1,High St\n".encode("utf-16-le")
    with pytest.raises(SourceError, match="needs its encoding named: utf-16-le"):
        read(content)
    assert cells(content, encoding="utf-16-le") == [("1", "High St")]


def test_a_stray_nul_is_text() -> None:
    assert cells(b"id,address\n1,High\x00 St\n") == [("1", "High\x00 St")]


@pytest.mark.parametrize("long", [b"1," + b"x" * 500, b'1,"' + b"x" * 500, b'1,"x\n' + b"y" * 500 + b'"'])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_record_that_is_too_long_is_a_row_of_blanks_and_reported(long: bytes, end: bytes) -> None:
    content = b"id,address" + end + long + end + b"2,High St" + end
    batches = list(open_table(io.BytesIO(content), longest=100).rows(10))
    rows = [tuple(row.values()) for batch in batches for row in batch.data.to_pylist()]
    assert rows[-1] == ("2", "High St")
    assert (len(rows), "record too long") in [(e.row + 1, e.what) for batch in batches for e in batch.errors]
    assert all(value == "" for value in rows[-2])


def test_a_long_line_of_json_is_a_row_of_blanks_and_reported() -> None:
    content = b'{"address": "x"}\n{"address": "' + b"y" * 500 + b'"}\n{"address": "z"}\n'
    (batch,) = open_table(io.BytesIO(content), format="ndjson", longest=100).rows(10)
    assert batch.data.column(0).to_pylist() == ["x", "", "z"]
    assert [(e.row, e.what) for e in batch.errors] == [(2, "record too long")]


def test_a_header_that_is_too_long_is_refused() -> None:
    with pytest.raises(SourceError, match="a header of more than 100 characters"):
        open_table(io.BytesIO(b"a" * 500 + b"\n1\n"), longest=100)


def test_the_time_for_open_quotes_grows_with_the_rows() -> None:
    """Every row opens a quote; each line is read a bounded number of times, and no iterator is nested in another."""
    read_lines = 0

    def lines() -> Iterator[str]:
        nonlocal read_lines
        for _ in range(5_000):
            read_lines += 1
            yield '1,"x y\n'

    rows = list(quoted_rows(lines(), delimiter=",", name="a file", longest=1_000))
    assert (len(rows), read_lines) == (5_000, 5_000)
    assert {row.problem for row in rows} == {"open quote"}


def test_a_key_of_json_may_hold_a_lone_surrogate() -> None:
    (batch,) = open_table(io.BytesIO(b'{"addr\\ud800ess": "x", "id": "1"}\n'), format="ndjson").rows(10)
    assert batch.data.to_pylist() == [{"addr\ufffdess": "x", "id": "1"}]


@pytest.mark.parametrize("after", [0, 1, 200])
def test_an_open_quote_swallows_no_rows(after: int) -> None:
    content = b'id,address\n1,x\n2,"y\n' + b"3,z\n" * after
    assert cells(content) == [("1", "x"), ("2", '"y'), *[("3", "z")] * after]
    assert [(e.row, e.what) for batch in read(content) for e in batch.errors] == [(2, "open quote")]


def test_a_quote_after_an_open_one_is_read_as_one() -> None:
    assert cells(b'id,address\n1,"x\n2,"y, z"\n3,w\n') == [("1", '"x'), ("2", "y, z"), ("3", "w")]


def test_an_open_quote_in_the_header_is_refused() -> None:
    with pytest.raises(SourceError, match="opens a quote in its header"):
        read(b'id,"address\n1,x\n')


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"unknown suffix '\.ods'; known are \.csv"):
        open_table(tmp_path / "a.ods")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        open_table(tmp_path / "a.csv")


def test_an_unknown_encoding_says_so() -> None:
    with pytest.raises(SourceError, match="Unknown encoding 'klingon'"):
        read(b"a,b\n1,2\n", encoding="klingon")


def test_packed_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.tsv.gz").write_bytes(gzip.compress(b"id\taddress\n1\tHigh St\n"))
    with open_table(tmp_path / "a.tsv.gz") as table:
        assert table.columns == ("id", "address")
        assert next(table.rows(10)).data.num_rows == 1


def test_a_truncated_packed_file_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(b"id,address\n" + bytes(f"{list(range(900_000))}", "ascii"))
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceError), open_table(tmp_path / "a.csv.gz") as table:
        list(table.rows(10))


@pytest.mark.parametrize("rows", [1, 200_000], ids=["in its first megabyte", "later"])
def test_a_packed_file_that_is_damaged_says_so(tmp_path: Path, rows: int) -> None:
    damaged = bytearray(gzip.compress(b"2 Mill Lane\n"))
    damaged[10] = 0x07  # a block of a kind that there is not
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"address\n" + b"1 Mill Lane\n" * rows) + damaged)
    with pytest.raises(SourceError, match="cannot be read"), open_table(tmp_path / "a.csv.gz") as table:
        list(table.rows(100_000))


def test_ndjson_comes_as_texts() -> None:
    content = b'{"id": 007.50e0, "a": null}\n'.replace(b"007", b"7") + b'{"id": "x", "b": true}\nnonsense\n'
    batches = read(content, format="ndjson")
    rows = [tuple(r.values()) for b in batches for r in b.data.to_pylist()]
    assert rows == [("7.50e0", "", ""), ("x", "", "true"), ("", "", "")]
    assert [(e.row, e.what) for b in batches for e in b.errors] == [(3, "not JSON")]


def test_numbers_within_values_of_json_stay_numbers() -> None:
    found = cells(b'{"id": 1.50, "address": [{"house": 12, "share": 0.5}]}\n', format="ndjson")
    assert found == [("1.50", '[{"house": 12, "share": 0.5}]')]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"id": [1, None], "f": [1.0, 2.0], "address": ["a", None]}), tmp_path / "a.parquet"
    )
    with open_table(tmp_path / "a.parquet") as table:
        batch = next(table.rows(10))
        assert table.schema.field("id").type == pa.int64()
        assert table.rows_total == 2
    assert [batch.strings(i).to_pylist() for i in range(3)] == [["1", ""], ["1", "2"], ["a", ""]]


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
def test_bytes_of_parquet_are_read_as_text(tmp_path: Path, kind: pa.DataType) -> None:
    column = pa.array([b"2 High St", "Caf\xe9".encode("cp1252"), None], kind)
    pq.write_table(pa.table({"address": column}), tmp_path / "a.parquet")
    with open_table(tmp_path / "a.parquet") as table:
        assert next(table.rows(10)).strings(0).to_pylist() == ["2 High St", "Café", ""]


def test_a_number_of_parquet_that_is_none_is_a_blank(tmp_path: Path) -> None:
    pq.write_table(pa.table({"house": [12.0, float("nan")]}), tmp_path / "a.parquet")
    with open_table(tmp_path / "a.parquet") as table:
        assert next(table.rows(2)).strings(0).to_pylist() == ["12", ""]


def test_a_parquet_file_whose_column_names_are_no_text_says_so(tmp_path: Path) -> None:
    pq.write_table(pa.table({"address": ["a"]}), tmp_path / "a.parquet", store_schema=False)
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(content.replace(b"address", b"\xe9ddress"))
    with pytest.raises(SourceError, match="cannot be read as parquet"):
        open_table(tmp_path / "a.parquet").columns  # noqa: B018 - it is read there at the latest


@pytest.mark.parametrize("kind", ["plain", "dictionary"])
def test_broken_utf8_of_parquet_is_mended_and_reported_by_its_rows(tmp_path: Path, kind: str) -> None:
    texts = pa.array([b"Caf\xe9", "Caf\xe9".encode()], pa.binary()).view(pa.string())
    column = pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 0], pa.int32()), texts)
    table = pa.table({"address": column if kind == "dictionary" else column.dictionary_decode()})
    pq.write_table(table, tmp_path / "a.parquet")
    with open_table(tmp_path / "a.parquet") as opened:
        batches = list(opened.rows(3))
        assert {batch.data.column(0).type for batch in batches} == {opened.schema.field(0).type}
    found = [text for batch in batches for text in batch.strings(0).to_pylist()]
    assert found == ["Café", "Café", "", "Café"]
    assert [(e.row, e.what) for b in batches for e in b.errors] == [(2, "broken UTF-8"), (4, "broken UTF-8")]


def test_a_file_that_is_no_parquet_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"nonsense")
    with pytest.raises(SourceError, match="cannot be read as parquet"):
        open_table(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("columns", "address", "postcode"),
    [
        (("UPRN", "Address", "PostCode"), ("Address",), "PostCode"),
        (("id", "Addr2", "addr1", "pcode"), ("addr1", "Addr2"), "pcode"),
        (
            ("Address Line 1", "address_line_2", "Town", "post_code"),
            ("Address Line 1", "address_line_2", "Town"),
            "post_code",
        ),
        (
            ("town_name", "street_name", "building_number"),
            ("building_number", "street_name", "town_name"),
            None,
        ),
        (("address", "town_name"), ("address", "town_name"), None),
        (("Address Line Two", "Address Line One"), ("Address Line One", "Address Line Two"), None),
        (("SubBuildingName", "ThoroughfareName"), ("SubBuildingName", "ThoroughfareName"), None),
        (("street", "saon", "paon"), ("saon", "paon", "street"), None),
        (
            (
                "Name",
                "RegAddress.Line",
                "RegAddress.AddressLine1",
                " RegAddress.PostTown",
                "Accounts.Address",
            ),
            ("RegAddress.AddressLine1", " RegAddress.PostTown"),
            None,
        ),
        (
            ("addr:street", "addr:housenumber", "addr:postcode"),
            ("addr:housenumber", "addr:street"),
            "addr:postcode",
        ),
        (("site_addr.street", "owner_addr.street"), (), None),
        (("Property Address", "District"), ("Property Address", "District"), None),
    ],
)
def test_address_columns_are_found_by_name(
    columns: tuple[str, ...], address: tuple[str, ...], postcode: str | None
) -> None:
    found = detect_address_columns(columns)
    assert (found.address, found.postcode) == (address, postcode)


def test_no_column_of_an_address_is_found_by_a_name_of_something_else() -> None:
    assert not detect_address_columns(("name", "age")).address


@pytest.mark.parametrize(
    ("parts", "postcode", "expected"),
    [
        (["Flat 2", "12", "High Street", "Anytown"], "AB1 2CD", "Flat 2, 12 High Street, Anytown, AB1 2CD"),
        (["12 High Street, Anytown, ab12cd"], "AB1 2CD", "12 High Street, Anytown, ab12cd"),
        (["12 High Street, Anytown", "ANYTOWN"], "", "12 High Street, Anytown"),
        (["12", "12 High Street"], "", "12 12 High Street"),
        (["", " "], "AB1 2CD", "AB1 2CD"),
    ],
)
def test_parts_are_joined_to_one_line(parts: list[str], postcode: str, expected: str) -> None:
    assert join_address(parts, postcode) == expected


@given(st.lists(st.text(alphabet="a1 ,\t", max_size=5), max_size=4), st.text(alphabet="aB1 ,\t", max_size=30))
def test_an_address_that_was_joined_is_not_joined_again(parts: list[str], postcode: str) -> None:
    address = join_address(parts, postcode)
    assert join_address([address], postcode) == address


@given(st.lists(st.lists(st.text(alphabet='aé,"\n ;', max_size=6), min_size=2, max_size=2), max_size=8))
def test_what_is_written_as_csv_is_read_back(rows: list[list[str]]) -> None:
    import csv

    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["first", "second"], *rows])
    assert cells(file.getvalue().encode(), encoding="utf-8") == [tuple(row) for row in rows]


def test_a_slow_pipe_is_read_as_its_rows_come() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as writer:
        writer.write("id;address\n1;2 High St, Caf\u00e9".encode()[:-1])
        table = open_table(stream)
        assert table.columns == ("id", "address")
        writer.write(b"\xa9\n")
        (batch,) = table.rows(1).__next__().data.to_pylist()
        assert batch == {"id": "1", "address": "2 High St, Caf\u00e9"}
