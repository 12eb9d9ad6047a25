"""What a machine has left: memory, within the limit of a container, and disk."""

import shutil
from pathlib import Path

_KIB = 1 << 10
_VERSION_2 = ("memory.max", "memory.current", "memory.stat")
_VERSION_1 = ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat")
"""Files of a control group: its limit, what is taken of it, and of what kinds that is."""
_UNLIMITED = 1 << 60
"""What the first version of control groups says where there is no limit is some power of two above this."""


def free_memory(root: Path = Path("/")) -> int | None:
    """Return the bytes of memory that can be taken without swapping; None where the system does not say.

    In a container it is what is left of its limit. `root` is where the files of the system stand.
    """
    found = [_available(root / "proc/meminfo"), _within_limit(root / "sys/fs/cgroup")]
    return min((free for free in found if free is not None), default=None)


def free_disk(path: Path) -> int:
    """Return the bytes that are free where a file or folder is or will be."""
    place = path.absolute()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def _available(file: Path) -> int | None:
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = (line.split() for line in lines if line.startswith("MemAvailable:"))
    return next((int(words[1]) * _KIB for words in found), None)


def _within_limit(folder: Path) -> int | None:
    """Return what is left of the limit of a control group of either version; what it caches of files can be given back."""
    for most, used, kinds in (_VERSION_2, _VERSION_1):
        limit, taken = _number(folder / most), _number(folder / used)
        if limit is not None and taken is not None:
            return None if limit > _UNLIMITED else max(0, limit - taken + _cached(folder / kinds))
    return None


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):  # there is no such file, or it says "max"
        return None


def _cached(file: Path) -> int:
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    found = (line.split() for line in lines)
    return next((int(words[1]) for words in found if words[0] in {"inactive_file", "total_inactive_file"}), 0)
