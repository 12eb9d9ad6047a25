"""Changes of an index as a user gives them."""

from pathlib import Path

from tests.service.cli.conftest import Run


def test_a_file_of_changes_is_applied_as_its_mapping_says(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("uprn,address\n1,1 MILL LANE AB1 2CD\n2,2 MILL LANE AB1 2CD\n")
    (tmp_path / "c.csv").write_text("change,ref,text\nD,1,\nI,3,3 MILL LANE AB1 2CD\n")
    (tmp_path / "m.toml").write_text('[columns]\nuprn = "ref"\naddress = "text"\n')
    assert run("index", "build", "r.csv", "--out", "index").returncode == 0
    updated = run("index", "update", "index", "c.csv", "--mapping", "m.toml")
    assert (updated.returncode, "address from: text" in updated.stderr) == (0, True), updated.stderr
    assert "3 MILL LANE" in run("find", "--index", "index", "3 Mill Lane AB1 2CD").stdout


def test_changes_that_cannot_be_applied_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("uprn,address\n1,1 MILL LANE AB1 2CD\n")
    assert run("index", "build", "r.csv", "--out", "index").returncode == 0
    missing = run("index", "update", "index", "c.csv")
    assert (missing.returncode, "do not exist" in missing.stderr) == (2, True)
    no_change = run("index", "update", "index", "r.csv")
    assert (no_change.returncode, "no column change" in no_change.stderr) == (1, True)
