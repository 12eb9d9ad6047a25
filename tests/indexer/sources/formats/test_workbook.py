import io
import random
import zipfile
from datetime import date

import pytest

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.formats.workbook_check import refuse_harmful_workbook
from address_match.indexer.sources.table import Table, open_table
from tests.indexer.sources.formats.workbooks import SHEET, STRINGS, altered, workbook

ROWS: list[list[object]] = [["UPRN", "Address"], [200001000001, "1 Mill Lane"], [200001000002, "2 Mill Lane"]]
PLAIN = workbook({"Extract": ROWS})


def opened(content: bytes, sheet: str | None = None) -> Table:
    return open_table(io.BytesIO(content), format="xlsx", sheet=sheet)


def cells(content: bytes, sheet: str | None = None) -> list[tuple[str, ...]]:
    with opened(content, sheet) as table:
        return [tuple(row.values()) for batch in table.rows(2) for row in batch.data.to_pylist()]


def test_a_sheet_comes_as_texts() -> None:
    row: list[object] = ["007", 200001000001, 1.5, date(2026, 5, 18), True, None, "Caf\u00e9"]
    content = workbook({"A": [["a", "b", "c", "d", "e", "f", "g"], row]})
    assert cells(content) == [("007", "200001000001", "1.5", "2026-05-18", "TRUE", "", "Caf\u00e9")]


def test_a_number_of_too_many_digits_does_not_look_whole() -> None:
    assert cells(workbook({"A": [["id", "address"], [15 * 10**18, "x"]]}))[0][0] == "1.5e+19"


@pytest.mark.parametrize("notes", [[], [["Extract of May"], ["See the next sheet"]]])
def test_the_first_sheet_with_addresses_is_read(notes: list[list[object]]) -> None:
    with opened(workbook({"Notes": notes, "Extract": ROWS, "Other": [["x"]]})) as table:
        assert (table.columns, table.rows_total) == (("UPRN", "Address"), 2)


def test_without_addresses_the_first_sheet_with_rows_is_read() -> None:
    with opened(workbook({"Notes": [], "Other": [["x"], ["y"]]})) as table:
        assert table.columns == ("x",)


def test_several_sheets_of_addresses_are_refused_unless_one_is_named() -> None:
    book = workbook({"North": ROWS, "Towns": [["Town", "Postcode"]], "South": ROWS})
    with pytest.raises(SourceError, match=r"addresses in its sheets 'North', 'South'; name the one"):
        opened(book)
    assert cells(book, "South")[0] == ("200001000001", "1 Mill Lane")


def test_the_sheet_that_is_read_is_told_with_all() -> None:
    with opened(workbook({"Cover": [["Extract of May"]], "Extract": ROWS})) as table:
        assert (table.sheet, table.sheets) == ("Extract", ("Cover", "Extract"))


@pytest.mark.parametrize("sheet", ["Other", "other ", "2"])
def test_a_sheet_is_named_or_numbered(sheet: str) -> None:
    assert cells(workbook({"Extract": ROWS, "Other": [["id"], ["x"]]}), sheet) == [("x",)]


@pytest.mark.parametrize("sheet", ["Third", "3", "0"])
def test_a_sheet_that_is_missing_is_refused_with_those_there_are(sheet: str) -> None:
    with pytest.raises(SourceError, match=f"no sheet '{sheet}'; it has 'Extract', 'Other'"):
        opened(workbook({"Extract": ROWS, "Other": []}), sheet)


def test_an_empty_sheet_and_a_workbook_without_rows_say_so() -> None:
    with pytest.raises(SourceError, match=r"the sheet 'B' of standard input is empty; it has 'A', 'B'"):
        opened(workbook({"A": ROWS, "B": []}), "B")
    with pytest.raises(SourceError, match="none of its sheets, 'A', 'B', has a row"):
        opened(workbook({"A": [], "B": []}))


def test_a_sheet_is_of_workbooks_alone() -> None:
    with pytest.raises(SourceError, match="read as csv, which has no sheets"):
        open_table(io.BytesIO(b"a,b\n1,2\n"), sheet="A")


def test_titles_above_the_header_are_passed_over() -> None:
    with opened(workbook({"A": [["Trafford extract"], [], ["of May 2026"], *ROWS]})) as table:
        assert (table.columns, table.rows_above, table.rows_total) == (("UPRN", "Address"), 3, 2)
        assert next(table.rows(1)).data.column(0).to_pylist() == ["200001000001"]


def test_a_blank_row_keeps_its_place() -> None:
    assert cells(workbook({"A": [*ROWS[:2], [], ROWS[2]]}))[1] == ("", "")


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        (STRINGS, b'uniqueCount="4"', b'uniqueCount="4294967295"', "announces 4294967295 texts"),
        (STRINGS, b'uniqueCount="4"', b"a='>' uniqueCount = '4294967295'", "announces 4294967295 texts"),
        (SHEET, b'<c r="B3"', b'<c r="XFD1048576"', "span 1,048,576 rows and 16,384 columns"),
        (SHEET, b'<c r="B3"', b"<x:c a='>' r = 'XFD1048576'", "span 1,048,576 rows and 16,384 columns"),
        (SHEET, b'<row r="3" spans="1:2"><c r="A3"', b'<row r="99999999"><c', "a cell outside of a sheet"),
        (SHEET, b'<c r="B3"', b'<c r="XXXX3"', "a cell outside of a sheet"),
        (SHEET, b'r="A1"', b'r="A0"', "cannot be read as a workbook"),
        (SHEET, b'<c r="B3"', b"<c " + b" " * (5 << 20) + b'r="B3"', "a tag or a text of more than 4 MB"),
        (SHEET, b"<v>", b"<v", "cannot be read as a workbook"),
        ("xl/workbook.xml", b"<sheet ", b"<sheeet ", "has no sheet of rows"),
    ],
)
def test_what_would_end_the_process_is_refused(part: str, old: bytes, new: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        opened(altered(PLAIN, part, lambda content: content.replace(old, new)))


def test_cells_that_have_a_format_and_no_value_span_nothing() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = altered(PLAIN, SHEET, lambda old: old.replace(b"</sheetData>", far))
    assert cells(content) == [("200001000001", "1 Mill Lane"), ("200001000002", "2 Mill Lane")]


def test_a_workbook_that_unpacks_to_more_than_is_read_is_refused() -> None:
    content = altered(PLAIN, "xl/theme/theme1.xml", lambda _: bytes(2 << 20))
    with pytest.raises(SourceError, match=r"unpacks to more than 1,048,576 bytes; save the sheet as CSV"):
        refuse_harmful_workbook(io.BytesIO(content), "a.xlsx", most_bytes=1 << 20)


def test_a_part_of_another_size_than_it_states_is_refused() -> None:
    content = bytearray(PLAIN)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    place = content.rfind(SHEET.encode()) - 46 + 24
    assert int.from_bytes(content[place : place + 4], "little") == size
    content[place : place + 4] = (size - 40).to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged workbook: its part"):
        opened(bytes(content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"uprn,address\n1,x\n", "is no workbook; let its suffix say"),
        (b"PK\x03\x04nothing", "is no whole workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "of before 2007; save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_what_is_no_workbook_says_so(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        opened(content)


def test_an_archive_of_something_else_says_so() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "x")
    with pytest.raises(SourceError, match="no workbook of XLSX"):
        opened(stream.getvalue())


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_workbook_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        content = bytearray(PLAIN)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            cells(bytes(content[: chance.choice([len(content), chance.randrange(len(content))])]))
        except SourceError:
            continue


@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_workbook_whose_parts_are_damaged_within_is_read_or_refused(part: str) -> None:
    chance = random.Random(part)

    def struck(old: bytes) -> bytes:
        content = bytearray(old)
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.choice(b"<>\"'/=0123456789AZ\x00\xff")
        return bytes(content)

    for _ in range(100):
        try:
            cells(altered(PLAIN, part, struck))
        except SourceError:
            continue
