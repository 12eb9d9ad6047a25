from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import FileLock


def registry_lock(folder: Path) -> "FileLock":
    """Return the lock of a registry, which keeps other processes from writing between what is read and what is written."""
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / ".lock")
