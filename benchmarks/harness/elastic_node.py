"""A node of Elasticsearch for a measurement: one that is named, or one of this machine that is started for it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_SCRIPTS = Path(__file__).resolve().parents[2] / "docker" / "elasticsearch"
_NODES = _SCRIPTS.parent.parent / "build" / "elasticsearch" / "nodes"
_NAME = "benchmark"
_TICKS = os.sysconf("SC_CLK_TCK")

CpuSeconds = Callable[[], float | None]
"""Tells how many CPU seconds the node has used; None where it is none of this machine."""


@contextmanager
def node_at(url: str) -> Iterator[tuple[str, CpuSeconds]]:
    """Yield the URL of a node and its clock; an empty `url` starts one, which is stopped at the end."""
    if url:
        yield url, lambda: None
        return
    started = subprocess.run(
        [str(_SCRIPTS / "start-one"), _NAME], stdout=subprocess.PIPE, text=True, check=True
    )
    try:
        yield started.stdout.strip(), _cpu_seconds
    finally:
        subprocess.run([str(_SCRIPTS / "stop"), _NAME], check=True)


def _cpu_seconds() -> float:
    process = (_NODES / _NAME / "pid").read_text(encoding="ascii").strip()
    used = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(used[11]) + int(used[12])) / _TICKS
