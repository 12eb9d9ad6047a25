import csv
from collections import Counter
from pathlib import Path

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.products.epochs import Epochs
from address_match.models.synthesis.products.ngd_files import write_ngd
from address_match.models.synthesis.products.premium.supply_files import changes, records, write_premium
from address_match.models.synthesis.products.supply import SuppliedPremises, Supply


def supply(size: int = 1500, epochs: int = 3) -> Supply:
    return Supply(SyntheticCountry(1, size), Epochs(1, epochs), lambda uprn: uprn.endswith("7"))


def test_the_changes_lead_from_one_epoch_to_the_next() -> None:
    for epoch in (2, 3):
        held = {(r.identifier, r.key): r for r in records(supply(), epoch - 1)}
        for change, record in changes(supply(), epoch):
            key = (record.identifier, record.key)
            assert (key in held) == (change != "I")
            if change == "D":
                del held[key]
            else:
                held[key] = record
        assert held == {(r.identifier, r.key): r for r in records(supply(), epoch)}


def test_an_epoch_changes_a_few_per_cent_of_the_premises() -> None:
    kinds = Counter((change, record.identifier) for change, record in changes(supply(), 2))
    assert 0 < sum(kinds[change, 21] for change in "IUD") < 0.08 * 1500
    assert kinds["U", 15]  # a street that was renamed
    assert kinds["D", 21] < kinds["I", 21]


def test_new_names_were_given_before_the_first_epoch_too() -> None:
    renamed = [place for (place,) in supply().walk(1) if isinstance(place, SuppliedPremises)]
    assert any(place.place.former_building for place in renamed)
    assert any(place.place.premises.street.startswith("NEW ") for place in renamed)


def test_a_country_of_one_epoch_is_the_country_of_the_reference() -> None:
    held = supply(epochs=1)
    premises = [p.uprn for p in held.country if not held.left_out(p.uprn)]
    assert [r.key for r in records(held, 1) if r.identifier == 21] == premises


def test_parents_are_those_that_the_epoch_holds() -> None:
    blpus = {r.key: r.fields[4] for r in records(supply(), 2) if r.identifier == 21}
    parents = {str(parent) for parent in blpus.values() if parent is not None}
    assert parents
    assert parents <= set(blpus)


def test_the_same_seed_writes_the_same_volumes(tmp_path: Path) -> None:
    first, second = (write_premium(supply(900, 2), tmp_path / name, rows=2000) for name in ("a", "b"))
    volumes = [
        [file.read_bytes() for folder in run for file in sorted(folder.iterdir())] for run in (first, second)
    ]
    assert len(volumes[0]) > 3
    assert volumes[0] == volumes[1]


def test_ngd_holds_the_premises_of_each_epoch(tmp_path: Path) -> None:
    held = supply(900, 2)
    for epoch, folder in enumerate(write_ngd(held, tmp_path), 1):
        uprns: list[str] = []
        for name in ("built", "prebuild", "historic", "nonaddressable"):
            with (folder / f"add_gb_{name}address.csv").open(newline="") as file:
                uprns.extend(row["uprn"] for row in csv.DictReader(file))
        assert sorted(uprns) == sorted(r.key for r in records(held, epoch) if r.identifier == 21)
