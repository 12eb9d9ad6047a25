"""A service of its own for a measurement, on a free port of this machine."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from benchmarks.harness.synthetic import WORK

LONGEST_START_SECONDS = 120
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "ADDRESS_MATCH_FACTS": str(WORK / "facts")}


@contextmanager
def serving(
    index: Path, bundle: Path | None, *options: str, workers: int = 1
) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Serve an index by some workers for as long as the block lasts; give the process and its port once all of them
    answer.
    """
    port = probe_port = free_port()
    command = [sys.executable, "-m", "address_match.service.cli", "serve", "--index", str(index)]
    command += ["--port", str(port), *options]
    if bundle is not None:
        command += ["--bundle", str(bundle)]
    if workers > 1:
        probe_port = free_port()
        command += ["--workers", str(workers), "--probe-port", str(probe_port)]
    with subprocess.Popen(command, env=os.environ | _ENVIRONMENT) as server:
        try:
            _wait_until_ready(server, probe_port, workers)
            yield server, port
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def cpu_seconds_of(server: "subprocess.Popen[bytes]") -> float:
    """Return the time that a process and those that it began have had of the processor, by what Linux says of them."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    return sum(cpu_seconds(pid) for pid in (server.pid, *map(int, children)))


def cpu_seconds(pid: int) -> float:
    """Return the time that a process has had of the processor, by what Linux says of it."""
    # The name of the program, which may hold spaces, stands before in brackets.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid: int) -> float:
    """Return the memory of a process and of those that it has begun, by what Linux says of them."""
    files = Path("/proc", str(pid))
    pages = int((files / "statm").read_text(encoding="ascii").split()[1])
    begun = (files / "task" / str(pid) / "children").read_text(encoding="ascii").split()
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(resident_mib(int(child)) for child in begun)


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int, workers: int) -> None:
    """Ask for readiness until it is there, of several workers of all; raise TimeoutError when it does not come, RuntimeError where the service ended."""
    until = time.monotonic() + LONGEST_START_SECONDS
    ready = {"workers": f"{workers} of {workers}"} if workers > 1 else {}
    while time.monotonic() < until:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
            if ready.items() <= json.load(answer)["checks"].items():
                return
        if server.poll() is not None:
            raise RuntimeError(f"the service ended with exit code {server.returncode}; it says why above")
        time.sleep(0.2)
    raise TimeoutError(f"the service on port {port} was not ready within {LONGEST_START_SECONDS} s")
