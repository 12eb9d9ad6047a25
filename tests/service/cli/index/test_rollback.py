"""What an operator types at night, when an epoch that came in place of the one before is bad."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.service.cli.conftest import Run

ROW = "1,1 THORNBECK ROW ZE1 4QT\n"
OPTIONS = ("--registry", "registry")


@pytest.fixture
def replaced(run: Run, tmp_path: Path) -> Run:
    """Runs commands beside an index of two generations, of which both were promoted; the second lacks the house."""
    for rows in (ROW + "2,2 THORNBECK ROW ZE1 4QT\n", ROW):
        (tmp_path / "r.csv").write_text(f"uprn,address\n{rows}")
        built = run("index", "build", "r.csv", "--out", "index", "--force")
        assert built.returncode == 0, built.stderr
        promoted = run("model", "promote", "default", "index", *OPTIONS)
        assert promoted.returncode == 0, promoted.stderr
    return run


def test_what_a_rollback_advises_word_for_word_puts_the_generation_before_in_service(replaced: Run) -> None:
    refused = replaced("model", "rollback", *OPTIONS)
    advice = re.search(r"first, address-match (.*), and roll back then", refused.stderr)
    assert (refused.returncode, advice is not None) == (1, True), refused.stderr
    assert advice is not None
    back = replaced(*shlex.split(advice[1]), "--json")
    assert json.loads(back.stdout)["generation"] == "g000001", back.stderr
    rolled = replaced("model", "rollback", *OPTIONS)
    assert (rolled.returncode, "(g000001)" in rolled.stdout) == (0, True), rolled.stderr
    assert (
        json.loads(replaced("find", "--index", "index", "2 Thornbeck Row ZE1 4QT", "--json").stdout)["uprn"]
        == "2"
    )


def test_a_generation_that_is_not_there_is_refused_with_the_way_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(f"uprn,address\n{ROW}")
    assert run("index", "build", "r.csv", "--out", "index").returncode == 0
    refused = run("index", "rollback", "index")
    assert (refused.returncode, "Restore a backup, or build it" in refused.stderr) == (1, True), (
        refused.stderr
    )
