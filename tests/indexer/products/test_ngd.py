from pathlib import Path

import pytest

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.reference_source import ReferenceSource, open_reference
from tests.indexer.products.ngd_delivery import BUILT, POST, write


def rows(source: ReferenceSource) -> list[dict[str, object]]:
    return [row for batch in source.batches(100) for row in batch.to_pylist()]


def test_a_built_address_is_bound_by_the_names_of_its_columns(tmp_path: Path) -> None:
    reversed_columns = dict(reversed(BUILT.items()))
    for number, row in enumerate((BUILT, reversed_columns)):
        (found,) = rows(open_reference(write(tmp_path / str(number), "built.csv", row)))
        assert (found["uprn"], found["address"], found["text_kind"], found["status"]) == (
            "100",
            "9, MILL LANE, OSTWICK, ZE1 4QT",
            "gazetteer",
            "approved",
        )
        assert (found["country"], found["classification"], found["northing"]) == ("E", "RD04", 200000.5)
        assert (found["valid_from"], found["valid_to"]) == ("2001-02-03", "")
        assert (found["custodian"], found["premises_from"], found["premises_updated"]) == (
            "9001",
            "2001-02-03",
            "2016-02-10",
        )


@pytest.mark.parametrize(
    ("description", "kind", "status"),
    [
        ("Historic Address", "historical", "historical"),
        ("Pre-Build Address", "provisional", "provisional"),
        ("Non-Addressable Object", "gazetteer", "approved"),
    ],
)
def test_the_description_says_what_kind_of_text_it_is(
    tmp_path: Path, description: str, kind: str, status: str
) -> None:
    (found,) = rows(open_reference(write(tmp_path / "a", "a.csv", {**BUILT, "description": description})))
    assert (found["text_kind"], found["status"]) == (kind, status)


def test_other_languages_alternate_addresses_and_the_post_are_texts_of_the_premises(tmp_path: Path) -> None:
    welsh = {"country": "Wales", "alternatelanguagefulladdress": "9, LON Y FELIN, OSTWICK, ZE1 4QT"}
    folder = write(tmp_path / "a", "built.csv", {**BUILT, **welsh})
    other = {"alternateaddressid": "1", "uprn": "100", "addressstatus": "Alternative", "fulladdress": "ROSE COTTAGE, MILL LANE, OSTWICK"}  # fmt: skip
    write(folder, "alternate.csv", other)
    write(folder, "royalmail.csv", {**POST, "uprn": "100"})
    assert [(row["text_kind"], row["language"], row["address"]) for row in rows(open_reference(folder))] == [
        ("alternative", "en", "ROSE COTTAGE, MILL LANE, OSTWICK, ZE1 4QT"),
        ("gazetteer", "cy", "9, LON Y FELIN, OSTWICK, ZE1 4QT"),
        ("gazetteer", "en", "9, MILL LANE, OSTWICK, ZE1 4QT"),
        ("postal", "en", "9 MILL LANE, OSTWICK, ZE1 4QT"),
    ]


def test_a_delivery_point_without_a_premises_is_known_by_its_own_number(tmp_path: Path) -> None:
    (found,) = rows(open_reference(write(tmp_path / "a", "royalmail.csv", {**POST, "uprn": ""})))
    assert (found["uprn"], found["text_kind"]) == ("udprn-55", "postal")


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"UPRN": "12A4"}, "no number in uprn: record left out"),
        ({"parentuprn": "90"}, "parent is not in the supply"),
        ({"parentuprn": "100"}, "parent is the premises itself"),
        ({"effectivestartdate": "2026-02-30"}, "no date"),
        ({"easting": "here"}, "no number"),
        ({"fulladdress": ""}, "premises without a text"),
    ],
)
def test_a_feature_that_says_what_cannot_be_is_told_by_its_line(
    tmp_path: Path, columns: dict[str, str], what: str
) -> None:
    source = open_reference(
        write(tmp_path / "a", "built.csv", {**BUILT, "UPRN": "101"}, {**BUILT, **columns})
    )
    assert "101" in {row["uprn"] for row in rows(source)}
    assert [(e.file, e.row, e.what) for e in source.problems.first] == [("built.csv", 3, what)]


def test_a_row_of_another_length_is_left_out_and_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "built.csv", BUILT)
    header, row = (folder / "built.csv").read_text().splitlines()
    (folder / "built.csv").write_text(f"{header}\n102,too short\n{row}\n")
    source = open_reference(folder)
    assert [row["uprn"] for row in rows(source)] == ["100"]
    assert [(e.file, e.what) for e in source.problems.first] == [("built.csv", "ragged row")]


def test_a_file_that_breaks_off_within_its_last_row_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "built.csv", BUILT)
    with (folder / "built.csv").open("a") as file:
        file.write("102,cut o")
    with pytest.raises(SourceError, match=r"built\.csv breaks off within line 3; fetch it anew"):
        rows(open_reference(folder))


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "line 1: no header"), ("fid,geometry\n1,POINT(1 2)\n", "line 1: a header without the columns")],
)
def test_a_file_that_is_named_after_addresses_and_holds_none_is_refused(
    tmp_path: Path, content: str, message: str
) -> None:
    write(tmp_path, "add_gb_builtaddress.csv", BUILT)
    (tmp_path / "add_gb_royalmailaddress.csv").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=f"add_gb_royalmailaddress.csv, {message}"):
        open_reference(tmp_path)


def test_a_file_of_another_feature_beside_addresses_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "add_gb_builtaddress.csv", BUILT)
    write(tmp_path, "add_gb_streetaddress.csv", {"usrn": "7", "streetname": "MILL LANE"})
    open_reference(tmp_path).close()
