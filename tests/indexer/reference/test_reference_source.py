from collections import Counter
from pathlib import Path

import pytest

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.texts.schemas import REFERENCE_SCHEMA
from tests.indexer.references import write_csv


def test_rows_come_in_the_schema_of_a_reference(tmp_path: Path) -> None:
    source = open_reference(
        write_csv(tmp_path / "a.csv", [("007", "1 High St", "ab12cd")], ("ID", "Address", "Pcode"))
    )
    batch = next(source.batches(10))
    assert batch.schema == REFERENCE_SCHEMA
    row = batch.to_pylist()[0]
    assert (row["line"], row["uprn"], row["address"], row["postcode"]) == (
        1,
        "007",
        "1 High St, ab12cd",
        "AB1 2CD",
    )
    assert (row["text_kind"], row["language"], row["latitude"]) == ("postal", "en", None)


@pytest.mark.parametrize(
    "uprn", ["UniquePropertyReferenceNumber", "uprn_no", "OS UPRN", "Property_UPRN", "UPRN (LLPG)", "UPRN_1"]
)
def test_a_uprn_by_another_name_goes_before_a_number_of_the_row(tmp_path: Path, uprn: str) -> None:
    source = open_reference(
        write_csv(tmp_path / "a.csv", [("1", "007", "1 High St")], ("ID", uprn, "Address"))
    )
    assert next(source.batches(10)).column("uprn").to_pylist() == ["007"]


@pytest.mark.parametrize("name", ["LLPG REF", "PropertyRef", "PROPREF"])
def test_premises_may_be_told_apart_by_the_reference_of_a_property(tmp_path: Path, name: str) -> None:
    source = open_reference(
        write_csv(tmp_path / "a.csv", [("7", "1 High St", "8")], (name, "Address", "Parent UPRN"))
    )
    assert next(source.batches(10)).column("uprn").to_pylist() == ["7"]


def test_a_postcode_is_found_at_the_end_of_the_address(tmp_path: Path) -> None:
    source = open_reference(write_csv(tmp_path / "a.csv", [("1", "1 High St, AB12CD"), ("2", "2 High St")]))
    assert next(source.batches(10)).column("postcode").to_pylist() == ["AB1 2CD", ""]


def test_components_make_the_address(tmp_path: Path) -> None:
    header = ("uprn", "building_number", "street_name", "town_name", "postcode", "lat")
    source = open_reference(
        write_csv(tmp_path / "a.csv", [("1", "12", "High St", "Anytown", "AB1 2CD", "51.5")], header)
    )
    row = next(source.batches(10)).to_pylist()[0]
    assert (row["address"], row["latitude"]) == ("12 High St, Anytown, AB1 2CD", 51.5)


def test_unusable_rows_are_left_out_and_reported(tmp_path: Path) -> None:
    rows = [
        ("1", "1 High St"),
        ("", "2 High St"),
        ("3", "  "),
        ("4" * 41, "4 High St"),
        ("1", "1 High St"),
        ("1", "One High St"),
        ("6", "x" * 10_001),
    ]
    source = open_reference(write_csv(tmp_path / "a.csv", rows))
    assert [row["line"] for batch in source.batches(2) for row in batch.to_pylist()] == [1, 6]
    assert source.problems.counts == Counter(
        ["missing uprn", "blank address", "uprn too long", "duplicate row", "address too long"]
    )
    assert [error.row for error in source.problems.first] == [2, 3, 4, 5, 7]


def test_a_line_that_is_no_json_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text('{"uprn": "1", "address": "1 High St"}\nnothing\n')
    source = open_reference(tmp_path / "a.ndjson")
    assert [row["uprn"] for batch in source.batches(10) for row in batch.to_pylist()] == ["1"]
    assert [(error.row, error.what) for error in source.problems.first] == [(2, "not JSON")]


def test_numbers_that_are_none_are_reported(tmp_path: Path) -> None:
    source = open_reference(
        write_csv(
            tmp_path / "a.csv", [("1", "x", "51.5"), ("2", "y", "north")], ("uprn", "address", "latitude")
        )
    )
    assert next(source.batches(10)).column("latitude").to_pylist() == [51.5, None]
    assert source.problems.counts == Counter(["no number in latitude"])


def test_a_kind_that_is_none_is_taken_for_the_usual_one_and_reported(tmp_path: Path) -> None:
    rows = [("1", "x", "Historical"), ("2", "y", "HIST"), ("3", "z", "")]
    source = open_reference(write_csv(tmp_path / "a.csv", rows, ("uprn", "address", "text_kind")))
    kinds = next(source.batches(10)).column("text_kind").to_pylist()
    assert kinds == ["historical", "postal", "postal"]
    assert [(error.row, error.what, error.detail) for error in source.problems.first] == [
        (2, "unknown text_kind", "HIST")
    ]


def test_the_logical_status_of_a_gazetteer_is_a_kind_of_text(tmp_path: Path) -> None:
    rows = [("1", "x", "1"), ("2", "y", "8"), ("3", "z", "6.0"), ("4", "v", "Historic"), ("5", "w", "")]
    source = open_reference(write_csv(tmp_path / "a.csv", rows, ("uprn", "address", "LOGICAL_STATUS")))
    kinds = next(source.batches(10)).column("text_kind").to_pylist()
    assert kinds == ["postal", "historical", "provisional", "historical", "postal"]
    assert not source.problems.counts


@pytest.mark.parametrize(
    ("column", "written", "status"),
    [("Status", "Historic", "historical"), ("Status", "Open", "Open"), ("BLPU_STATE", "4", "historical")],
)
def test_a_status_is_in_our_words_where_it_says_that_a_premises_is_former(
    tmp_path: Path, column: str, written: str, status: str
) -> None:
    source = open_reference(write_csv(tmp_path / "a.csv", [("1", "x", written)], ("uprn", "address", column)))
    assert next(source.batches(10)).column("status").to_pylist() == [status]


def test_custodian_and_dates_of_the_premises_are_found_by_their_names(tmp_path: Path) -> None:
    header = ("uprn", "address", "LOCAL_CUSTODIAN_CODE", "BLPU_START_DATE", "LastUpdateDate", "source")
    row = ("1", "12 High St", "9001", "1999-04-05", "2016-02-10", "survey")
    (found,) = next(open_reference(write_csv(tmp_path / "a.csv", [row], header)).batches(10)).to_pylist()
    names = ("custodian", "premises_from", "premises_to", "premises_updated", "source")
    assert [found[name] for name in names] == ["9001", "1999-04-05", "", "2016-02-10", ""]


def test_a_mapping_names_the_columns(tmp_path: Path) -> None:
    reference = write_csv(
        tmp_path / "a.csv", [("1", "12 High St", "Anytown", "1990-01-01")], ("key", "l1", "l2", "from")
    )
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[columns]\nuprn = "KEY"\naddress = ["l1", "l2"]\nvalid_from = "from"\n[defaults]\ncountry = "W"\n',
        encoding="utf-8",
    )
    row = next(open_reference(reference, mapping=mapping).batches(10)).to_pylist()[0]
    assert (row["address"], row["valid_from"], row["country"]) == ("12 High St, Anytown", "1990-01-01", "W")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"columns": {"uprn": "nowhere"}}, "no column 'nowhere'; it has uprn, address"),
        ({"columns": {"colour": "uprn"}}, "unknown name 'colour'"),
        ({"rows": {}}, "unknown section 'rows'"),
        ({"columns": {"uprn": ["uprn"]}}, "not a column's name"),
        ({"columns": {"address": 5}}, "not a column's name or a list of such names"),
        ({"columns": {"address": ["address", 3]}}, "not a column's name or a list of such names"),
        ({"columns": {"address": []}}, "not a column's name or a list of such names"),
        ({"defaults": {"latitude": "north"}}, "not a number"),
        ({"defaults": {"text_kind": "old"}}, "not one of postal, gazetteer"),
        ({"defaults": {"country": ["E"]}}, "not a text in quotes"),
        ({"file": {"delimiter": "::"}}, "not one character"),
        ({"file": {"encoding": 8}}, "not a text in quotes"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(
    tmp_path: Path, mapping: dict[str, dict[str, object]], message: str
) -> None:
    with pytest.raises(SourceError, match=message):
        open_reference(write_csv(tmp_path / "a.csv", [("1", "x")]), mapping=mapping)


@pytest.mark.parametrize(
    ("header", "message"),
    [(("uprn", "colour"), "no address column"), (("colour", "address"), "no column uprn or id")],
)
def test_a_file_without_the_columns_says_which(tmp_path: Path, header: tuple[str, str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        open_reference(write_csv(tmp_path / "a.csv", [("1", "x")], header))


@pytest.mark.parametrize(
    "address", [("street", "town"), ("house_number", "town"), ("locality_name", "pao_start_number")]
)
def test_columns_that_tell_no_premises_apart_are_refused_unless_named(
    tmp_path: Path, address: tuple[str, ...]
) -> None:
    path = write_csv(tmp_path / "a.csv", [tuple("1234"[: len(address) + 1])], ("uprn", *address))
    with pytest.raises(SourceError, match=r"only .* were understood.*mapping"):
        open_reference(path)
    open_reference(path, mapping={"columns": {"address": list(address)}}).close()


@pytest.mark.parametrize("header", [("uprn", "address", "Address"), ("uprn", "address", "UPRN")])
def test_a_column_that_is_used_has_no_namesake(tmp_path: Path, header: tuple[str, ...]) -> None:
    with pytest.raises(SourceError, match="has 2 columns"):
        open_reference(write_csv(tmp_path / "a.csv", [("1", "12 High St", "Anytown")], header))


def test_columns_that_are_not_used_may_share_a_name(tmp_path: Path) -> None:
    header = ("uprn", "address", "note", "note")
    source = open_reference(write_csv(tmp_path / "a.csv", [("1", "12 High St", "x", "y")], header))
    assert next(source.batches(10)).column("address").to_pylist() == ["12 High St"]


def test_objects_of_a_gazetteer_without_the_names_of_their_streets_are_refused(tmp_path: Path) -> None:
    header = ("UPRN", "LPI_KEY", "SAO_TEXT", "PAO_START_NUMBER", "PAO_TEXT", "USRN")
    with pytest.raises(SourceError, match="no columns from which an address of one premises can be made"):
        open_reference(write_csv(tmp_path / "a.csv", [("1", "L", "", "12", "", "7")], header))


def of_districts(path: Path, column: str) -> Path:
    """Write thirty addresses beside the district of their postcode, and the postcode in a column of some name."""
    rows = [(str(n), f"{n} High St", "AB1", f"AB1 {n % 9}CD") for n in range(1, 31)]
    return write_csv(path, rows, ("UPRN", "Address", "Postcode", column))


def test_texts_without_the_postcodes_that_another_column_holds_are_refused(tmp_path: Path) -> None:
    source = open_reference(of_districts(tmp_path / "a.csv", "PC7"))
    with pytest.raises(SourceError, match="PC7 holds postcodes that they lack"):
        next(source.batches(50))


def test_texts_without_postcodes_do_not_lack_those_of_their_owners(tmp_path: Path) -> None:
    source = open_reference(of_districts(tmp_path / "a.csv", "Owner Postcode"))
    assert next(source.batches(50)).num_rows == 30
