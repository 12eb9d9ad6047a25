from pathlib import Path

import pytest

from address_match.service.forecast.machine_room import free_disk, free_memory

GIB = 1 << 30


def system(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


MACHINE = {"proc/meminfo": "MemTotal:  33554432 kB\nMemAvailable:   16777216 kB\n"}
VERSION_2 = {
    "sys/fs/cgroup/memory.max": str(4 * GIB),
    "sys/fs/cgroup/memory.current": str(3 * GIB),
    "sys/fs/cgroup/memory.stat": f"anon 5\ninactive_file {GIB}\n",
}
VERSION_1 = {
    "sys/fs/cgroup/memory/memory.limit_in_bytes": str(4 * GIB),
    "sys/fs/cgroup/memory/memory.usage_in_bytes": str(GIB),
}


@pytest.mark.parametrize(
    ("files", "free"),
    [
        (MACHINE, 16 * GIB),
        (MACHINE | VERSION_2, 2 * GIB),
        (MACHINE | VERSION_1, 3 * GIB),
        (MACHINE | VERSION_2 | {"sys/fs/cgroup/memory.max": "max\n"}, 16 * GIB),
        (
            MACHINE | VERSION_1 | {"sys/fs/cgroup/memory/memory.limit_in_bytes": str((1 << 63) - 4096)},
            16 * GIB,
        ),
        ({}, None),
    ],
)
def test_free_memory_is_that_of_the_machine_or_of_its_container(
    tmp_path: Path, files: dict[str, str], free: int | None
) -> None:
    assert free_memory(system(tmp_path, files)) == free


def test_the_disk_of_a_folder_to_come_is_that_of_the_one_above(tmp_path: Path) -> None:
    assert free_disk(tmp_path / "not" / "there") > 0
