"""The locks hold what was tested, package by package with its hashes."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("core", "train", "dev", "release")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> set[tuple[str, str]]:
    return {(normal(name), version) for name, version in PIN.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_the_versions_that_were_tested(lock: str) -> None:
    """A package of another system or of an older Python may stand in a lock alone."""
    tested = pins(ROOT / "constraints.txt")
    named = {name for name, _ in tested}
    held = pins(ROOT / "requirements" / f"{lock}.txt")
    assert {pin for pin in held if pin[0] in named} - tested == set()


def test_the_lock_of_the_core_holds_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {normal(re.split(r"[<>=;\[ ]", line)[0]) for line in project["dependencies"]}
    assert wanted - {name for name, _ in pins(ROOT / "requirements" / "core.txt")} == set()
