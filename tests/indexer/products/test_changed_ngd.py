"""Changes of OS NGD Address, applied to what an index keeps of it."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from address_match.indexer.errors import NothingUsableError, SourceError
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.local.writing.update import update_index
from address_match.indexer.manifest import read_manifest
from address_match.indexer.reference.reference_source import open_reference
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.products.epochs import Epochs
from address_match.models.synthesis.products.ngd_files import write_ngd
from address_match.models.synthesis.products.supply import Supply
from tests.indexer.models import MODELS
from tests.indexer.products.ngd_delivery import BUILT, POST, write
from tests.indexer.references import files_of, opened

Row = dict[str, str]
NUMBER_9 = {**BUILT, "changetype": "New", "versionavailablefromdate": "2016-02-11 00:00:00"}
ALTERNATE = {
    "alternateaddressid": "A1",
    "uprn": "100",
    "fulladdress": "ROSE COTTAGE, OSTWICK, ZE1 4QT",
    "addressstatus": "Alternate",
    "featuretypeversiondate": "2016-02-10",
}


def built(folder: Path, *rows: Row, **others: Row) -> Path:
    delivery = write(folder / "full", "built.csv", *(rows or (NUMBER_9,)))
    for name, row in others.items():
        write(delivery, f"{name}.csv", row)
    build_index(open_reference(delivery), folder / "index", MODELS)
    return folder / "index"


def changed(day: str, change: str, **fields: str) -> Row:
    return {**NUMBER_9, "versiondate": day, "versionavailablefromdate": day, "changetype": change, **fields}


def updated(folder: Path, index: Path, *rows: Row, **others: Row) -> dict[str, int]:
    delivery = write(folder / "changes", "built.csv", *rows)
    for name, row in others.items():
        write(delivery, f"{name}.csv", row)
    return dict(update_index([delivery], index, MODELS).problems.counts)


def texts(index: Path, uprn: str = "100") -> list[str]:
    return sorted(opened(index).lookup(uprn).column("address").to_pylist())


def test_of_several_versions_the_last_one_counts(tmp_path: Path) -> None:
    index = built(tmp_path)
    middle = changed("2026-01-02", "Modified Attributes", fulladdress="9A, MILL LANE, OSTWICK, ZE1 4QT")
    last = changed("2026-01-03", "Modified Attributes", fulladdress="11, MILL LANE, OSTWICK, ZE1 4QT")
    assert updated(tmp_path, index, last, middle) == {}
    assert texts(index) == ["11, MILL LANE, OSTWICK, ZE1 4QT"]


def test_what_is_at_its_end_is_gone_and_what_is_new_is_there(tmp_path: Path) -> None:
    index = built(tmp_path, NUMBER_9, {**NUMBER_9, "UPRN": "101"})
    new = changed("2026-01-02", "New", UPRN="102", fulladdress="12, MILL LANE, OSTWICK, ZE1 4QT")
    updated(tmp_path, index, changed("2026-01-02", "End Of Life"), new)
    assert [texts(index, uprn) for uprn in ("100", "101", "102")] == [
        [],
        ["9, MILL LANE, OSTWICK, ZE1 4QT"],
        ["12, MILL LANE, OSTWICK, ZE1 4QT"],
    ]


def test_a_premises_that_moves_to_another_feature_type_is_there_once(tmp_path: Path) -> None:
    index = built(tmp_path)
    historic = changed("2026-01-02", "Moved From A Different Feature Type", description="Historic Address")
    updated(tmp_path, index, changed("2026-01-02", "Moved To A Different Feature Type"), historic=historic)
    assert opened(index).lookup("100").column("text_kind").to_pylist() == ["historical"]


def test_alternate_addresses_are_those_of_the_version_that_counts(tmp_path: Path) -> None:
    index = built(tmp_path, alternate=ALTERNATE)
    renamed = {**ALTERNATE, "fulladdress": "LILY COTTAGE, OSTWICK, ZE1 4QT", "alternateaddressid": "A2"}
    updated(
        tmp_path,
        index,
        changed("2026-01-02", "Modified Attributes"),
        alternate={**renamed, "featuretypeversiondate": "2026-01-02"},
    )
    assert texts(index) == ["9, MILL LANE, OSTWICK, ZE1 4QT", "LILY COTTAGE, OSTWICK, ZE1 4QT"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (changed("2026-01-02", "Renumbered"), "of the type 'Renumbered'"),
        (changed("2026-01-02", "Modified Attributes", UPRN="900"), "not the changes that follow on it"),
        (changed("2016-02-11", "Modified Attributes"), "its changes are in it already"),
    ],
)
def test_changes_that_do_not_follow_leave_the_index_as_it_was(tmp_path: Path, row: Row, message: str) -> None:
    index = built(tmp_path)
    before = read_manifest(index)
    with pytest.raises(SourceError, match=message):
        updated(tmp_path, index, row)
    assert read_manifest(index) == before


def test_a_delivery_without_the_files_of_a_type_that_is_held_is_refused(tmp_path: Path) -> None:
    index = built(tmp_path, alternate=ALTERNATE)
    with pytest.raises(SourceError, match="alternate address, and the changes have no file of it"):
        updated(tmp_path, index, changed("2026-01-02", "Modified Attributes"))


def test_a_delivery_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    index = built(tmp_path)
    header = write(tmp_path / "changes", "built.csv", NUMBER_9)
    lines = (header / "built.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (header / "built.csv").write_text(lines[0], encoding="utf-8")
    with pytest.raises(NothingUsableError, match="change nothing"):
        update_index([header], index, MODELS)


def test_no_index_is_built_of_changes(tmp_path: Path) -> None:
    delivery = write(tmp_path / "changes", "built.csv", changed("2026-01-02", "End Of Life"))
    with pytest.raises(SourceError, match="index update"):
        build_index(open_reference(delivery), tmp_path / "index", MODELS)


def test_the_post_has_its_own_changes(tmp_path: Path) -> None:
    post = {**POST, "uprn": "100", "changetype": "New", "versiondate": "2016-02-10"}
    index = built(tmp_path, post=post)
    row = {
        **post,
        "changetype": "Modified Attributes",
        "versiondate": "2026-01-02",
        "buildingname": "THE MILL",
    }
    updated(tmp_path, index, changed("2026-01-02", "Modified Geometry"), post=row)
    assert any("THE MILL" in text for text in texts(index))


def test_changes_of_a_few_features_leave_the_kept_ones_and_add_up(tmp_path: Path) -> None:
    others = [{**NUMBER_9, "UPRN": str(uprn)} for uprn in range(200, 240)]
    index = built(tmp_path, NUMBER_9, {**NUMBER_9, "UPRN": "101"}, *others)
    kept = features(index).read_bytes()
    renumbered = {"fulladdress": "11, MILL LANE, OSTWICK, ZE1 4QT"}
    updated(
        tmp_path,
        index,
        changed("2026-01-02", "Modified Attributes", **renumbered),
        changed("2026-01-02", "End Of Life", UPRN="101"),
    )
    new = {"UPRN": "102", "fulladdress": "12, MILL LANE, OSTWICK, ZE1 4QT"}
    assert updated(tmp_path, index, changed("2026-01-03", "New", **new)) == {}
    assert features(index).read_bytes() == kept
    assert [texts(index, uprn) for uprn in ("100", "101", "102")] == [
        ["11, MILL LANE, OSTWICK, ZE1 4QT"],
        [],
        ["12, MILL LANE, OSTWICK, ZE1 4QT"],
    ]
    again = updated(tmp_path, index, changed("2026-01-04", "Modified Attributes", **new, locality="HAM"))
    assert again == {}
    ended = updated(
        tmp_path, index, changed("2026-01-05", "End Of Life"), changed("2026-01-05", "New", UPRN="101")
    )
    assert ended == {}
    assert [texts(index, uprn) for uprn in ("100", "101")] == [[], [NUMBER_9["fulladdress"]]]


def features(index: Path) -> Path:
    """Return the file of the addresses that an index keeps as it was built."""
    return index / read_manifest(index).generation / "records" / "address.parquet"


def read(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each file of a delivery."""
    return {
        file.name: list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
        for file in sorted(folder.iterdir())
    }


def by_identity(rows: dict[str, list[Row]]) -> dict[str, list[tuple[str, Row]]]:
    """Return what a delivery says of each premises or delivery point, behind the name of its file."""
    found = defaultdict(list)
    for name, features in rows.items():
        for feature in features:
            found[feature.get("udprn") or feature["uprn"]].append((name, feature))
    return found


def write_changes(old: Path, new: Path, out: Path) -> None:
    """Write the changes that lead from one full delivery to another."""
    before, after = read(old), read(new)
    held, wanted = by_identity(before), by_identity(after)
    out.mkdir()
    for name, rows in after.items():
        columns = [*rows[0], "changetype"]
        with (out / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(columns)))
            writer.writeheader()
            for row in rows:
                key = row.get("udprn") or row["uprn"]
                if held.get(key) != wanted[key]:
                    kind = "Modified Attributes" if key in held else "New"
                    moved = key in held and name not in [file for file, _ in held[key]]
                    writer.writerow(
                        {**row, "changetype": "Moved From A Different Feature Type" if moved else kind}
                    )
            for row in before[name]:
                key = row.get("udprn") or row["uprn"]
                if "alternateaddressid" not in row and name not in [file for file, _ in wanted.get(key, ())]:
                    kind = "Moved To A Different Feature Type" if key in wanted else "End Of Life"
                    writer.writerow({**row, "changetype": kind})


def test_an_updated_index_is_that_of_the_later_delivery_byte_for_byte(tmp_path: Path) -> None:
    supply = Supply(SyntheticCountry(1, 1500), Epochs(1, 2), lambda _: False)
    first, second = write_ngd(supply, tmp_path)
    write_changes(first, second, tmp_path / "changes")
    build_index(open_reference(first), tmp_path / "updated", MODELS)
    assert update_index([tmp_path / "changes"], tmp_path / "updated", MODELS).manifest.texts
    build_index(open_reference(second), tmp_path / "anew", MODELS)
    assert files_of(tmp_path / "updated") == files_of(tmp_path / "anew")
