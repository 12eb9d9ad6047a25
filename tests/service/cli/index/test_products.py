"""A product from its files to an answer, as a user goes."""

import json
from pathlib import Path

from tests.service.cli.conftest import Run


def generation(folder: Path) -> str:
    found: str = json.loads((folder / "index" / "manifest.json").read_text())["generation"]
    return found


def test_premium_is_made_up_built_searched_and_updated(run: Run, tmp_path: Path) -> None:
    made = run(
        "synth", "--product", "premium", "--size", "600", "--epochs", "2", "--queries", "20", "--out", "."
    )
    assert made.returncode == 0, made.stderr
    built = run("index", "build", "epoch-1", "--out", "index")
    assert built.returncode == 0, built.stderr
    measured = json.loads(run("evaluate", "--queries", "queries.csv", "--index", "index", "--json").stdout)
    assert measured["overall"]["precision"] == 1.0
    updated = run("index", "update", "index", "changes-2", "--json")
    assert updated.returncode == 0, updated.stderr
    assert json.loads(updated.stdout)["reference"] == "epoch-1 + changes-2"
    again = run("index", "update", "index", "changes-2")
    assert (again.returncode, "its changes are in it already" in again.stderr) == (1, True)
    assert generation(tmp_path) == "g000002"


def test_a_fault_of_a_record_is_told_by_file_and_line_and_one_of_the_supply_refused(
    run: Run, tmp_path: Path
) -> None:
    for defect in ("no-date", "missing-volume"):
        made = ("--product", "premium", "--size", "600", "--queries", "0", "--defect", defect)
        assert run("synth", *made, "--out", defect).returncode == 0
    told = run("index", "build", "no-date/epoch-1", "--out", "index")
    assert "1 × no date in start_date: AddressBasePremium_FULL_2026-01-05_001.csv line 5" in told.stderr
    refused = run("index", "build", "missing-volume/epoch-1", "--out", "index", "--force")
    assert (refused.returncode, "Volume 2 is missing" in refused.stderr) == (1, True)
    assert generation(tmp_path) == "g000001"


def test_ngd_is_made_up_and_built_of_its_files(run: Run, tmp_path: Path) -> None:
    assert run("synth", "--product", "ngd", "--size", "600", "--queries", "0", "--out", ".").returncode == 0
    files = sorted((tmp_path / "epoch-1").iterdir())
    built = run("index", "build", *files, "--out", "index")
    assert built.returncode == 0, built.stderr


def test_options_of_a_product_need_one(run: Run) -> None:
    for options in (("--epochs", "2"), ("--product", "ngd", "--defect", "no-date")):
        refused = run("synth", "--out", ".", *options)
        assert (refused.returncode, "--product" in refused.stderr) == (2, True)


def test_a_mapping_is_of_one_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text("")
    refused = run("index", "build", tmp_path, "--out", "index", "--mapping", "m.toml")
    assert (refused.returncode, "--mapping is of one file of rows" in refused.stderr) == (2, True)


def test_several_references_are_joined_and_told_by_their_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("uprn,address,postcode\n1,1 Mill Lane,YO17 7AA\n")
    (tmp_path / "two.csv").write_text("uprn,address,postcode\n1,The Mill,YO17 7AB\n2,2 Mill Lane,\n,x,\n")
    built = run("index", "build", "one.csv", "two.csv", "--precedence", "two.csv", "--out", "index")
    assert built.returncode == 0, built.stderr
    for told in (
        "one.csv: taken by their names: uprn, address, postcode",
        "1 × postcode taken of a reference before it: one.csv row 1",
        "1 × missing uprn: two.csv row 3",
    ):
        assert told in built.stderr
    info = run("index", "info", "index", "--conflicts", "-").stdout.splitlines()
    assert info == ["uprn,field,found,references", "1,postcode,YO17 7AB | YO17 7AA,two.csv | one.csv"]
    explained = run("explain", "the mill", "--index", "index", "--json")
    assert json.loads(explained.stdout)["explanation"]["candidates"][0]["source"] == "two.csv"
