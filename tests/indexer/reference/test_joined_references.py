"""Several references joined by identifier: from their files to an index, and what is refused."""

from contextlib import closing
from pathlib import Path

import pytest

from address_match.indexer.errors import BuildError, SourceError
from address_match.indexer.local.compared.conflicts import index_conflicts
from address_match.indexer.local.writing.build import BuildReport, build_index
from address_match.indexer.local.writing.update import update_index
from address_match.indexer.reference.joined_references import open_references
from tests.indexer.models import MODELS
from tests.indexer.products.premium_supply import STREET, house, lpi, record, volume, write_supply
from tests.indexer.references import opened, write_csv

HEADER = ("uprn", "address", "postcode", "classification")


def premium(folder: Path, *records: str) -> Path:
    street = record("street_descriptor", **STREET)
    return write_supply(folder / "premium", volume([street, *records]))


def survey(folder: Path, *rows: tuple[str, ...], name: str = "survey.csv") -> Path:
    return write_csv(folder / name, rows, HEADER)


@pytest.fixture
def both(tmp_path: Path) -> list[Path]:
    """A supply of AddressBase Premium and a file of rows, with a premises of both."""
    supply = premium(
        tmp_path, house(postcode_locator="ZE1 4QT"), lpi(lpi_key="L1", pao_start_number=9, pao_text="MILL")
    )
    rows = [("100", "Mill Cafe, 9 Mill Lane", "ZE1 4QX", "CR07"), ("200", "11 Mill Lane", "ZE1 4QT", "RD04")]
    return [supply, survey(tmp_path, *rows)]


def build(paths: list[Path], precedence: tuple[str, ...] = ()) -> BuildReport:
    index = paths[0].parent / "index"
    return build_index(open_references(paths, None, precedence), index, MODELS)


def test_premises_of_a_product_and_a_file_are_joined_by_identifier(both: list[Path]) -> None:
    report = build(both)
    assert (report.manifest.texts, report.manifest.premises) == (3, 2)
    assert report.manifest.sources == {"premium": 1, "survey.csv": 2}
    held = opened(both[0].parent / "index").lookup("100").to_pylist()
    assert sorted((text["source"], text["postcode"], text["classification"]) for text in held) == [
        ("premium", "ZE1 4QT", "CR07"),
        ("survey.csv", "ZE1 4QT", "CR07"),
    ]


def test_precedence_says_which_is_believed_and_the_other_is_listed(both: list[Path]) -> None:
    report = build(both, ("survey.csv",))
    index = both[0].parent / "index"
    assert {text["postcode"] for text in opened(index).lookup("100").to_pylist()} == {"ZE1 4QX"}
    with index_conflicts(index) as found:
        rows = [row for batch in found.batches() for row in batch.to_pylist()]
        assert found.counts["postcode"] == 1
    assert rows == [
        {
            "uprn": "100",
            "field": "postcode",
            "found": "ZE1 4QX | ZE1 4QT",
            "references": "survey.csv | premium",
        }
    ]
    assert report.problems.counts["postcode taken of a reference before it"] == 1


def test_what_was_taken_and_what_was_wrong_is_said_with_the_reference(tmp_path: Path) -> None:
    one = survey(tmp_path, ("1", "1 Mill Lane", "", ""), name="one.csv")
    two = survey(tmp_path, ("1", "Mill House", "", ""), ("", "2 Mill Lane", "", ""), name="two.csv")
    report = build([one, two])
    assert report.manifest.reference == "one.csv, two.csv"
    assert report.manifest.columns["two.csv: address"] == ["address"]
    assert [(problem.row, problem.file) for problem in report.problems.first] == [(2, "two.csv")]


def test_an_index_of_several_references_is_not_updated(both: list[Path]) -> None:
    build(both)
    changes = write_csv(
        both[0].parent / "changes.csv", [("200", "", "delete")], ("uprn", "address", "change")
    )
    with pytest.raises(BuildError, match=r"of several references, premium, survey.csv.* Build it anew"):
        update_index([changes], both[0].parent / "index", MODELS)


def test_volumes_of_one_supply_are_one_reference(tmp_path: Path) -> None:
    supply = premium(tmp_path, house(), lpi(pao_text="MILL COURT"))
    (file,) = supply.iterdir()
    with closing(open_references([file, survey(tmp_path)])) as joined:
        assert joined.precedence == (file.name, "survey.csv")
    assert open_references([file]).precedence == ()


@pytest.mark.parametrize(
    ("precedence", "mapping", "message"),
    [
        (("other.csv",), None, r"no reference 'other.csv' to go before others; there are one.csv, two.csv"),
        ((), {"columns": {"uprn": "uprn"}}, "A mapping is of one file of rows, and there are 2"),
    ],
)
def test_a_precedence_and_a_mapping_have_to_be_of_the_references(
    tmp_path: Path, precedence: tuple[str, ...], mapping: dict[str, dict[str, str]] | None, message: str
) -> None:
    paths = [survey(tmp_path, name="one.csv"), survey(tmp_path, name="two.csv")]
    with pytest.raises(SourceError, match=message):
        open_references(paths, mapping, precedence)


def test_names_tell_references_apart_and_one_needs_no_precedence(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [survey(tmp_path), survey(tmp_path / "other")]
    with pytest.raises(SourceError, match=r"Two references are named survey.csv"):
        open_references(paths)
    with pytest.raises(SourceError, match="A precedence is of several references"):
        open_references(paths[:1], None, ("survey.csv",))
