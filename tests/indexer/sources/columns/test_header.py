import io
from pathlib import Path

import pytest

from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.sources.table import Table, open_table


def opened(content: str, *, header: bool = True) -> Table:
    return open_table(io.BytesIO(content.encode()), header=header)


def rows(content: str, *, header: bool = True) -> list[tuple[str, ...]]:
    with opened(content, header=header) as table:
        return [tuple(row.values()) for batch in table.rows(10) for row in batch.data.to_pylist()]


@pytest.mark.parametrize(
    "above",
    [
        "Extract of May\n",
        "Extract of May,,\n\n",
        '"Extract, of May"\nall premises\n',
        "LLPG extract, May\n",
        "sep=,\n",
    ],
)
def test_what_stands_above_a_header_is_passed_over(above: str) -> None:
    assert rows(f"{above}uprn,address,postcode\n1,2 Mill Lane,ZE1 4QT\n") == [("1", "2 Mill Lane", "ZE1 4QT")]


def test_names_of_groups_that_say_whose_they_are_stand_before_those_of_their_columns() -> None:
    groups, header = "Case,Property,,Landlord,\n", "Ref,Address,Postcode,Address,Postcode\n"
    with opened(f"{groups}{header}1,2 Mill Lane,ZE1 4QT,9 Far Road,ZE9 1AA\n") as table:
        assert table.columns == (
            *("Ref", "Property Address", "Property Postcode"),
            *("Landlord Address", "Landlord Postcode"),
        )


def test_a_name_over_two_rows_is_that_of_its_column() -> None:
    with opened("uprn,Address,,\n,Number,Street,Town\n1,2,Mill Lane,Otley\n") as table:
        assert table.columns == ("uprn", "Number", "Street", "Town")


def test_names_of_groups_that_say_nothing_of_an_address_are_passed_over() -> None:
    with opened("Keys,,Address,\nuprn,usrn,street,town\n1,2,Mill Lane,Otley\n") as table:
        assert table.columns == ("uprn", "usrn", "street", "town")


def test_the_lines_above_a_header_are_counted() -> None:
    assert opened("Extract\n\nof May\nuprn,address\n1,x\n").rows_above == 2
    assert opened("uprn,address\n1,x\n").rows_above == 0


@pytest.mark.parametrize("sign", [";", "|", "^", "~", "\t"])
def test_the_delimiter_is_that_of_the_header_below_a_title(sign: str) -> None:
    assert rows(f"Extract, of May\nuprn{sign}address{sign}town\n1{sign}2 Mill Lane{sign}Marlow\n") == [
        ("1", "2 Mill Lane", "Marlow")
    ]


@pytest.mark.parametrize("line", ["sep=^", '"sep=^"', "SEP=^"])
def test_a_delimiter_may_be_stated(line: str) -> None:
    assert rows(f"{line}\na^b\n1,5^2\n") == [("1,5", "2")]


@pytest.mark.parametrize(
    "content",
    [
        "address\nRose Cottage, Street\n",
        "key,text\nRose Cottage,Mill Lane,Marlow\n",
        "query\n1 Mill Lane, Marlow\n2 Mill Lane\n",
    ],
)
def test_a_row_of_data_is_no_header(content: str) -> None:
    assert list(opened(content).columns) == content.partition("\n")[0].split(",")


def test_a_file_may_have_no_header() -> None:
    assert opened("1,2 Mill Lane\n", header=False).columns == ("column_1", "column_2")
    assert rows("1,2 Mill Lane\n2,x\n", header=False) == [("1", "2 Mill Lane"), ("2", "x")]


def test_a_mapping_names_the_columns_of_a_file_without_a_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("12,Mill Lane,77\n13,Mill Lane,78\n", encoding="utf-8")
    mapping = {
        "file": {"header": False},
        "columns": {"uprn": "column_3", "address": ["column_1", "column_2"]},
    }
    found = next(open_reference(tmp_path / "a.csv", mapping=mapping).batches(10)).to_pylist()
    assert [(row["line"], row["uprn"], row["address"]) for row in found] == [
        (1, "77", "12 Mill Lane"),
        (2, "78", "13 Mill Lane"),
    ]


def test_a_reference_reports_the_lines_above_its_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Extract\nuprn,address\n1,2 Mill Lane\n", encoding="utf-8")
    source = open_reference(tmp_path / "a.csv")
    source.close()
    assert dict(source.problems.counts) == {"line above the header": 1}


def test_names_of_groups_above_the_columns_are_passed_over() -> None:
    groups = "Reference,Property address,,Holder address\n"
    assert rows(f"{groups}Ref,Address 1,Postcode,Holder\n1,2 Mill Lane,ZE1 4QT,x\n") == [
        ("1", "2 Mill Lane", "ZE1 4QT", "x")
    ]


def test_a_header_with_a_column_that_has_no_name_is_the_header() -> None:
    assert rows("uprn,,address\n1,x,2 Mill Lane\n") == [("1", "x", "2 Mill Lane")]
