import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from address_match.indexer.sources.table import open_table
from address_match.service.batch.output.workbook_rows import MOST_ROWS, open_workbook
from address_match.service.errors import UsageError

INPUT = pa.schema([("uprn", pa.int64()), ("note", pa.string())])
PROBABILITY = "match_probability"


def written(path: Path, rows: list[tuple[int, str]], probabilities: list[float | None]) -> bytes:
    data = pa.RecordBatch.from_arrays([pa.array(c) for c in zip(*rows, strict=True)], schema=INPUT)
    with open_workbook(path, [*INPUT.names, PROBABILITY]) as writer:
        writer.write(data, [probabilities])
    return path.read_bytes()


def sheet_xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_identifiers_are_text_and_probabilities_are_numbers(tmp_path: Path) -> None:
    xml = sheet_xml(written(tmp_path / "a.xlsx", [(200001000001, "x")], [0.5]))
    assert '<c r="A2" t="inlineStr"><is><t>200001000001</t></is></c>' in xml
    assert '<c r="C2"><v>0.5</v></c>' in xml


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "{=1}", "https://example.org", "007"])
def test_nothing_is_written_as_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    content = written(tmp_path / "a.xlsx", [(1, text)], [None])
    assert "<f>" not in sheet_xml(content)
    assert "hyperlink" not in sheet_xml(content)
    with open_table(tmp_path / "a.xlsx") as table:
        assert next(table.rows(1)).data.to_pylist() == [{"uprn": "1", "note": text, PROBABILITY: ""}]


def test_what_begins_as_a_formula_stays_text_when_it_is_edited(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx", [(1, "=1+1")], [None])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert 'quotePrefix="1"' in archive.read("xl/styles.xml").decode()


def test_odd_characters_come_back_as_they_were(tmp_path: Path) -> None:
    text = "1\x07 Caf\u00e9\n_x0007_ \U0001f3e0 <&>\"' "
    written(tmp_path / "a.xlsx", [(1, text)], [None])
    with open_table(tmp_path / "a.xlsx") as table:
        assert next(table.rows(1)).strings(1).to_pylist() == [text]


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    rows = [(1, "x"), (2, "=y")]
    assert written(tmp_path / "a.xlsx", rows, [0.5, None]) == written(tmp_path / "b.xlsx", rows, [0.5, None])


def test_text_that_no_cell_holds_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"row 2 has 32,768 characters in note, .* 32,767: write CSV"):
        written(tmp_path / "a.xlsx", [(1, "x"), (2, "y" * 32_768)], [None, None])


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    many = pa.RecordBatch.from_arrays(
        [pa.array([1] * MOST_ROWS), pa.nulls(MOST_ROWS, pa.string())], schema=INPUT
    )
    with open_workbook(tmp_path / "a.xlsx", INPUT.names) as writer:
        writer.write(many.slice(0, 1), [])
        with pytest.raises(UsageError, match=r"a sheet holds 1,048,575 rows, and there are more: write CSV"):
            writer.write(many, [])


def test_more_columns_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="a sheet holds 16,384 columns, and there are 16,385"),
        open_workbook(tmp_path / "a.xlsx", ["x"] * 16_385),
    ):
        pass
