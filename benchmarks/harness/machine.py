import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "pyarrow", "tantivy", "faiss-cpu", "rapidfuzz", "scikit-learn", "python-crfsuite")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Machine:
    """What a figure was measured on."""

    processor: str
    cores: int
    """That this process may use."""
    memory_gib: float
    system: str
    python: str
    commit: str
    """Of the checkout, with `+` when files were changed since; empty outside of git."""
    versions: dict[str, str]
    """Of the libraries that decide about speed and results."""


def describe_machine() -> Machine:
    """Read the machine, the versions and the commit of this run."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        commit=_commit(),
        versions={name: _version(name) for name in _PACKAGES},
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _commit() -> str:
    revision = _git("rev-parse", "--short=12", "HEAD")
    return revision + ("+" if revision and _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:  # a machine without git
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
