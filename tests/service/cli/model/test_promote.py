"""Whoever does what a refused promotion advises, word for word, has the deployment promoted."""

import re
import shlex
from pathlib import Path

import pytest

from address_match.service.cli import main
from tests.integration.bundles import of_another_encoder
from tests.service.cli.conftest import REFERENCE, Run


@pytest.fixture
def refused(run: Run, tmp_path: Path) -> str:
    """What is said where an index of the shipped bundle is promoted with another one."""
    (tmp_path / "reference.csv").write_text(REFERENCE)
    of_another_encoder(tmp_path / "my other models")
    assert run("index", "build", "reference.csv", "--out", "an index").returncode == 0
    done = run("model", "promote", "my other models", "an index", "--registry", "registry")
    assert done.returncode == 1
    return done.stderr


def test_the_index_is_built_anew_with_the_bundle_that_is_promoted(run: Run, refused: str) -> None:
    advice = re.search(r"build it anew: address-match (.*)", refused)
    assert advice is not None, refused
    built = run(*shlex.split(advice[1].replace("REFERENCE", "reference.csv")))
    assert built.returncode == 0, built.stderr
    done = run("model", "promote", "my other models", "an index", "--registry", "registry")
    assert done.returncode == 0, done.stderr


def test_the_bundle_that_the_index_was_built_with_is_promoted(run: Run, refused: str) -> None:
    advice = re.search(r"Name the bundle (\S+) instead", refused)
    assert advice is not None, refused
    done = run("model", "promote", advice[1], "an index", "--registry", "registry")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "name the INDEX that is served with the bundle"),
        (["index", "--alias", "gb"], "--url and --alias go with --engine elastic"),
        (["--engine", "elastic", "--alias", "gb"], "name the cluster: --url URL"),
        (["index", "--engine", "elastic"], "--index names a folder"),
    ],
)
def test_one_index_is_named_a_folder_or_an_alias(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["model", "promote", "default", *options, "--registry", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err
