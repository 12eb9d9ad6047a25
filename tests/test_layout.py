"""What the tree must look like, whatever is in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import address_match

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("parser", "indexer", "models", "service", "benchmarks", "address_match")
LONGEST_MODULE = 400
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base"}


def tracked_files() -> list[Path]:
    """Every file that git knows and that still stands; every file of the tree where there is no git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def modules(*folders: str) -> list[Path]:
    """The modules of these folders; what a benchmark installs below its cache is not ours."""
    cache = ROOT / "benchmarks" / "cache"
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if cache not in path.parents]


def texts() -> list[tuple[Path, str]]:
    """The files that are text in UTF-8, with their content."""
    found = []
    for path in tracked_files():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_every_module_is_named_after_its_concept() -> None:
    vague = [path for path in modules(*PACKAGES, "tests") if {path.stem, path.parent.name} & VAGUE_NAMES]
    assert vague == []


def test_no_module_takes_the_name_of_a_standard_one() -> None:
    taken = [p for p in modules(*PACKAGES) if p.stem != "__init__" and p.stem in sys.stdlib_module_names]
    assert taken == []


def test_modules_stay_short_enough_to_read() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*PACKAGES)}
    assert {path: lines for path, lines in lengths.items() if lines >= LONGEST_MODULE} == {}


@pytest.mark.parametrize("folder", [*PACKAGES, "tests"])
def test_every_folder_with_modules_is_a_package(folder: str) -> None:
    folders = {path.parent for path in modules(folder)}
    assert [path for path in folders if not (path / "__init__.py").exists()] == []


def test_the_docker_folder_holds_no_python() -> None:
    """An `__init__.py` there would stand before the Docker client library of the same name."""
    assert modules("docker") == []


def test_main_holds_no_unfinished_business() -> None:
    marker = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [path for path, text in texts() if path.suffix == ".py" and marker.search(text)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    """The patterns are put together here, so that this file does not hold them."""
    owned = re.compile(
        r"(?<![\w.])/(?:" + "|".join(["ro" + "ot", "wo" + "rk", "ho" + "me", "Us" + "ers"]) + r")/\w"
    )
    naming = {
        str(path.relative_to(ROOT)): found[0] for path, text in texts() if (found := owned.search(text))
    }
    assert naming == {}


def test_nothing_is_pickled() -> None:
    loader = re.compile(r"^\s*(?:import|from) (?:pickle|cloudpickle|dill|joblib|shelve)\b", re.MULTILINE)
    assert [path for path, text in texts() if path.suffix == ".py" and loader.search(text)] == []


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    documented = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert documented >= {"demo", "test", "test-all", "check", "bench", "serve", "clean", "help"}


def test_the_list_of_the_benchmarks_names_each_and_no_other() -> None:
    listed = set(
        re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "benchmarks/README.md").read_text("utf-8"), re.MULTILINE)
    )
    folder = ROOT / "benchmarks"
    programs = {path.stem for path in folder.glob("[a-z]*.py")}
    programs |= {path.parent.name for path in folder.glob("*/__main__.py")}
    assert listed == programs


def test_nothing_is_imported_by_its_bare_name() -> None:
    """Each module has one name, below `address_match`: by another it would be loaded a second time."""
    bare = re.compile(r"^\s*(?:from|import) (?:parser|indexer|models|service)\b", re.MULTILINE)
    assert [path for path, text in texts() if path.suffix == ".py" and bare.search(text)] == []


def test_the_package_holds_links_to_the_folders_and_its_public_names() -> None:
    package = ROOT / "address_match"
    links = {path.name: str(path.readlink()) for path in package.iterdir() if path.is_symlink()}
    assert links == {name: f"../{name}" for name in ("parser", "indexer", "models", "service")}
    ours = {path.name for path in package.iterdir() if path.is_file()}
    assert ours == {
        "__init__.py",
        "ascending.py",
        "charts.py",
        "computed_once.py",
        "cycle_search.py",
        "drafts.py",
        "py.typed",
        "ragged.py",
        "spark.py",
        "timestamp.py",
        "worker_processes.py",
    }


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, address_match; print(sorted({'numpy', 'pyarrow', 'pydantic', 'torch'} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_every_public_name_can_be_had() -> None:
    assert {name for name in address_match.__all__ if not hasattr(address_match, name)} == set()
