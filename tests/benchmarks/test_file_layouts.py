import csv
from pathlib import Path

import pytest

from address_match.models.synthesis.premises import Premises, PremisesText
from benchmarks.file_layouts import Outcome, write_layout
from benchmarks.harness.layouts import BARE, FILES, REFERENCES

PLAIN = Outcome("plain", right=98, wrong=1)
HOUSE = Premises(
    "7",
    number=12,
    street="MILL LANE",
    town="OSTWICK",
    postcode="ZE1 4QT",
    texts=(PremisesText("postal", "en", "", "", ()),),
)


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome("a", right=95, wrong=1), "right"),
        (Outcome("a", right=94, wrong=1), "silently wrong"),
        (Outcome("a", right=98, wrong=5), "silently wrong"),
        (Outcome("a", refusal="it has no column uprn"), "refused"),
    ],
)
def test_a_layout_is_right_where_it_loses_and_confuses_hardly_more_than_the_plain_one(
    outcome: Outcome, verdict: str
) -> None:
    assert outcome.verdict(PLAIN, 100) == verdict


@pytest.mark.parametrize("layout", [*REFERENCES.values(), *FILES.values()])
def test_every_layout_can_be_written(tmp_path: Path, layout: str) -> None:
    write_layout(layout, [HOUSE], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(row) for row in rows] == [len(layout.split())] * (1 if layout in BARE else 2)


def test_every_other_row_of_addressbase_plus_has_no_postal_address(tmp_path: Path) -> None:
    write_layout(REFERENCES["AddressBase Plus"], [HOUSE, HOUSE], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["BUILDING_NUMBER"] for row in rows] == ["12", ""]
    assert [row["PAO_START_NUMBER"] for row in rows] == ["12", "12"]
