import shutil
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from address_match.indexer.errors import BuildError, SourceError
from address_match.indexer.reference.reference_source import ReferenceSource, open_reference
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.products.defects import Defect
from address_match.models.synthesis.products.epochs import Epochs
from address_match.models.synthesis.products.premium.supply_files import write_premium
from address_match.models.synthesis.products.supply import Supply
from tests.indexer.products.premium_supply import STREET, house, lpi, record, source, volume, write_supply

HOUSE = [record("street_descriptor", **STREET), house(), lpi(pao_start_number=9)]
TEXT = "9 MILL LANE, OSTWICK"


def addresses(reference: ReferenceSource) -> list[str]:
    return [row["address"] for batch in reference.batches(100) for row in batch.to_pylist()]


def test_folders_files_zips_and_zips_within_zips_are_one_supply(tmp_path: Path) -> None:
    folder = write_supply(tmp_path / "a", volume(HOUSE[:1], following=2), volume(HOUSE[1:], number=2))
    first, second = sorted(folder.iterdir())
    with zipfile.ZipFile(tmp_path / "second.zip", "w") as archive:
        archive.write(second, "second.csv")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(first, "first.csv")
        archive.write(tmp_path / "second.zip", "second.zip")
    for paths in ([folder], [first, second], [first, tmp_path / "second.zip"], [tmp_path / "all.zip"]):
        assert addresses(open_reference(paths)) == [TEXT]


def test_tiles_have_no_numbers_of_their_own(tmp_path: Path) -> None:
    assert addresses(open_reference(write_supply(tmp_path / "a", volume(HOUSE[:2]), volume(HOUSE[2:])))) == [
        TEXT
    ]


@pytest.mark.parametrize(
    ("volumes", "message"),
    [
        ([volume(HOUSE, number=2)], "Volume 1 is missing of the 2"),
        ([volume(HOUSE, following=2)], r"supply_001.csv names volume 2 as the next"),
        ([volume(HOUSE, following=2), volume(HOUSE, number=2), volume(HOUSE, number=2)], "are both volume 2"),
        ([volume(HOUSE, following=2), volume(HOUSE, following=2)], "not the only one of its number"),
        ([volume(HOUSE, count=7)], "line 6: the trailer counts 7 records and the volume has 3"),
        ([volume(HOUSE)[:150]], "without a trailer record: it is cut off"),
        ([volume(HOUSE) + "99,0,3,2026-01-05,09:00:00\r\n" + HOUSE[1]], "the unknown type '99'"),
        ([volume([*HOUSE, '77,"I"'])], "line 6: a record of the unknown type '77'"),
        ([volume([*HOUSE, house(101, change_type='"Q"')])], "line 6: a record 21 of the change type 'Q'"),
        ([volume([*HOUSE, house("7A"), house(101, change_type="i")])], "line 7: a record 21 of the change type 'i'"),
        ([volume([HOUSE[0] + ",more"])], "line 3: a record 15 of 14 fields, which has 13"),
        ([volume(HOUSE, file_type="C")], "is a volume of changes"),
        ([volume(HOUSE, version="1.0")], "line 1: version '1.0'"),
        ([volume(HOUSE, file_type="X")], "neither F nor C"),
        ([volume(HOUSE).replace("2026-01-05", "2026-02-30", 1)], "'2026-02-30', which is no date"),
        (
            [volume(HOUSE, following=2), volume(HOUSE, number=2).replace("2026-01-05", "2026-02-16")],
            "of 2026-01-05 and .* of 2026-02-16: they are of different epochs",
        ),
        (
            [volume(HOUSE), volume(HOUSE).replace("2026-01-05", "2026-02-16")],
            "they are of different epochs",
        ),
    ],
)  # fmt: skip
def test_a_supply_that_is_not_whole_is_refused(tmp_path: Path, volumes: list[str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        addresses(open_reference(write_supply(tmp_path / "a", *volumes)))


def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", volume(HOUSE))
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:300])
    with pytest.raises(SourceError, match=r"a.zip is not a whole zip"):
        open_reference(tmp_path / "a.zip")


def test_a_folder_of_no_known_product_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("uprn,address\n1,9 MILL LANE\n")
    with pytest.raises(SourceError, match="holds no product that is known"):
        open_reference(tmp_path)


@pytest.mark.parametrize(
    ("records", "what", "line", "texts"),
    [
        ([lpi("12A4")], "no number in uprn: record left out", 6, 1),
        ([house(start_date="2026-02-30")], "no date in start_date", 6, 1),
        ([house(90, parent_uprn=90), lpi(90, pao_text="A")], "parent is the premises itself", 6, 2),
        ([house(90, parent_uprn=80), lpi(90, pao_text="A")], "parent is not in the supply", 6, 2),
        ([lpi(pao_start_number=11, usrn=8)], "street is not in the supply", 6, 2),
        ([lpi(90, pao_start_number=11)], "premises is not in the supply", 6, 2),
        ([house(90)], "premises without a text", 6, 1),
    ],
)
def test_a_record_that_says_what_cannot_be_is_told_by_its_line(
    tmp_path: Path, records: list[str], what: str, line: int, texts: int
) -> None:
    reference = source(tmp_path, *HOUSE[1:], *records)
    assert len(addresses(reference)) == texts
    first = reference.problems.first[0]
    assert (first.what, first.file, first.row) == (what, "supply_001.csv", line)


def test_parents_that_come_back_to_themselves_are_no_parents(tmp_path: Path) -> None:
    links = {1: 2, 2: 3, 3: 1, 4: 1, 5: 4, 6: ""}
    records = [r for u, p in links.items() for r in (house(u, parent_uprn=p), lpi(u, pao_start_number=u))]
    reference = source(tmp_path, *records)
    rows = [row for batch in reference.batches(100) for row in batch.to_pylist()]
    assert {row["uprn"]: row["parent_uprn"] for row in rows} == {
        "1": "", "2": "", "3": "", "4": "1", "5": "4", "6": ""
    }  # fmt: skip
    assert reference.problems.counts == {"parents in a circle": 3}


def test_bytes_that_are_no_utf8_are_read_as_windows_1252(tmp_path: Path) -> None:
    folder = write_supply(tmp_path / "a", volume([*HOUSE[:2], lpi(pao_text="CAFÉ")]))
    file = folder / "supply_001.csv"
    file.write_bytes(file.read_bytes().replace("É".encode(), b"\xc9"))
    reference = open_reference(folder)
    assert addresses(reference) == ["CAFÉ, MILL LANE, OSTWICK"]
    assert reference.problems.counts == {"broken UTF-8": 1}


def made_up(folder: Path, *defects: Defect) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    supply = Supply(SyntheticCountry(1, 400), Epochs(1, 1), lambda _: False)
    return write_premium(supply, folder, rows=700, defects=defects)[0]


def test_all_premises_of_the_synthetic_country_come_through(tmp_path: Path) -> None:
    reference = open_reference(made_up(tmp_path / "whole"))
    rows = [row for batch in reference.batches(100) for row in batch.to_pylist()]
    country = {p.uprn: p for p in SyntheticCountry(1, 400)}
    assert {row["uprn"] for row in rows} == set(country)
    assert all(row["parent_uprn"] == country[row["uprn"]].parent_uprn for row in rows)
    assert all(row["classification"] == country[row["uprn"]].classification for row in rows)
    assert reference.problems.counts == Counter()


@pytest.mark.parametrize("defect", list(Defect))
def test_every_planted_defect_is_told(tmp_path: Path, defect: Defect) -> None:
    reference = None
    try:
        reference = open_reference(made_up(tmp_path / "spoiled", defect))
        addresses(reference)
    except SourceError:
        return
    assert sum(reference.problems.counts.values()) == 1


def test_a_full_temporary_folder_is_a_clear_error(tmp_path: Path, small_disk: None) -> None:
    dice = Random(1)
    streets = [record("street_descriptor", usrn=n, town_name=dice.random()) for n in range(6_000)]
    parts = [streets[first : first + 500] for first in range(0, len(streets), 500)]
    last = len(parts)
    volumes = [volume(part, number=n, following=n % last and n + 1) for n, part in enumerate(parts, 1)]
    with pytest.raises(BuildError, match="name another folder in TMPDIR"):
        addresses(open_reference(write_supply(tmp_path / "a", *volumes)))
