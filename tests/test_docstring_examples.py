"""The examples in docstrings are true. Those of the kinds of noise, which share their names, have a test beside them."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("parser", "indexer", "models", "service")
ELSEWHERE = "models/synthesis/noise/"


def _modules_with_examples() -> list[str]:
    """Name the modules whose docstrings hold an example, as they are imported."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    shown = [path.relative_to(ROOT) for path in paths if ">>> " in path.read_text(encoding="utf-8")]
    return sorted(
        ".".join(["address_match", *path.with_suffix("").parts])
        for path in shown
        if not path.as_posix().startswith(ELSEWHERE)
    )


MODULES = _modules_with_examples()


def test_examples_are_found() -> None:
    assert len(MODULES) > 50


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.failed == 0
    assert found.attempted
