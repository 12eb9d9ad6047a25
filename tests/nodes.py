"""Nodes of its own for a test that kills, stops and floods them."""

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx

from address_match.indexer.elastic.connection.cluster import Cluster
from tests.cluster import NODES, REQUIRED_VARIABLE, leave_out, run_script

_HEAP = "512m"


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one cluster on this machine, by their names."""

    urls: Mapping[str, str]

    @property
    def cluster(self) -> Cluster:
        """All of them, as a user names them."""
        return Cluster(",".join(self.urls.values()))

    def holding(self, index: str) -> list[str]:
        """Name the nodes with a shard of an index, primaries first."""
        shards = self._ask(f"/_cat/shards/{index}?format=json&h=prirep,node,state")
        held = sorted((s["prirep"], s["node"]) for s in shards if s["state"] == "STARTED")
        return list(dict.fromkeys(node for _, node in held))

    def kill(self, *names: str) -> None:
        """End nodes as a power cut does."""
        for name in names:
            self._signal(name, signal.SIGKILL)

    def freeze(self, name: str) -> None:
        """Make a node deaf; its connections stay open."""
        self._signal(name, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a frozen node go on."""
        self._signal(name, signal.SIGCONT)

    def start_again(self, *names: str) -> None:
        """Start killed nodes with the data that they had."""
        run_script("start-again", *names)

    def wait_for_all(self, status: str = "green") -> None:
        """Wait until every node is back and every shard of every index has the status."""
        waited = f"wait_for_nodes={len(self.urls)}&wait_for_status={status}&timeout=120s"
        assert not self._ask(f"/_cluster/health?{waited}")["timed_out"]

    def rejected(self, pool: str) -> int:
        """Count the requests that the full queue of a pool turned away."""
        nodes = self._ask("/_nodes/stats/thread_pool")["nodes"].values()
        return sum(int(node["thread_pool"][pool]["rejected"]) for node in nodes)

    def _ask(self, path: str) -> Any:
        """Ask the first node that answers."""
        for url in self.urls.values():
            with suppress(httpx.TransportError):
                return httpx.get(url + path, timeout=150).json()
        raise AssertionError(f"no node answers {path}")

    def _signal(self, name: str, number: signal.Signals) -> None:
        process = (NODES / "nodes" / name / "pid").read_text(encoding="ascii").strip()
        os.kill(int(process), number)


@contextmanager
def three_nodes() -> Iterator[Nodes]:
    """Run a cluster of three nodes, which are gone at the end whatever became of them."""
    name = f"three-{os.getpid()}"
    with _running("start-three", name, [f"{name}-{number}" for number in (1, 2, 3)]) as nodes:
        yield nodes


@contextmanager
def one_node(settings: str) -> Iterator[Nodes]:
    """Run a node with lines of its own in `elasticsearch.yml`."""
    name = f"one-{os.getpid()}"
    with _running("start-one", name, [name], settings) as nodes:
        yield nodes


@contextmanager
def _running(script: str, name: str, nodes: Sequence[str], settings: str = "") -> Iterator[Nodes]:
    if os.environ.get(REQUIRED_VARIABLE) == "0":
        leave_out(f"{REQUIRED_VARIABLE} is 0")
    if (missing := run_script("can-run", check=False)).returncode != 0:
        leave_out(missing.stderr.strip())
    try:
        urls = run_script(script, name, variables={"HEAP": _HEAP, "SETTINGS": settings}).stdout.split()
        yield Nodes(dict(zip(nodes, urls, strict=True)))
    finally:
        run_script("stop", *nodes)
