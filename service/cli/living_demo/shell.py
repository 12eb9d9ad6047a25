"""Runs commands as a user types them, and shows what they say."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WAITING_SECONDS = 300.0
"""How long anything is waited for before it is given up."""
_PROGRAM = (sys.executable, "-m", "address_match.service.cli")


class DemoFailedError(RuntimeError):
    """Something did not happen that the circle needs."""


@dataclass(slots=True)
class Shell:
    """A folder in which commands run; their settings name folders in it."""

    folder: Path
    steps: int = 0

    def step(self, what: str) -> None:
        """Head what follows, by its number."""
        self.steps += 1
        print(f"\n{self.steps}. {what}\n", flush=True)

    def run(self, command: str, *, code: int = 0, into: str = "") -> str:
        """Run `address-match COMMAND`, show it with what it says, and return what it printed.

        With `into` its output goes to a file of that name. Raises `DemoFailedError` where it exits with another code.
        """
        print(f"$ address-match {command}{f' > {into}' if into else ''}", flush=True)
        done = subprocess.run(  # noqa: S603 - commands of ours
            (*_PROGRAM, *shlex.split(command)),
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if into:
            (self.folder / into).write_text(done.stdout, encoding="utf-8")
        said = done.stderr if into else done.stdout + done.stderr
        print(said, end="", flush=True)
        if done.returncode != code:
            raise DemoFailedError(f"`{command}` exited with {done.returncode}, not {code}")
        if code:
            print(f"(exit code {code})")
        return done.stdout

    @contextmanager
    def serving(self, command: str) -> Iterator[str]:
        """Run `address-match COMMAND`, a service on a free port, as long as the block lasts; yields its URL."""
        print(f"$ address-match {command} &", flush=True)
        log = self.folder / "serve.log"
        with (
            log.open("w", encoding="utf-8") as lines,
            subprocess.Popen(  # noqa: S603 - a command of ours
                (*_PROGRAM, *shlex.split(command), "--port", "0"),
                cwd=self.folder,
                env=self._environment(),
                stderr=lines,
            ) as service,
        ):
            try:
                wait_until(lambda: _url_in(log) != "" or service.poll() is not None, "the service to start")
                yield _url_in(log)
            finally:
                service.terminate()

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "ADDRESS_MATCH_REGISTRY": "registry",
            "ADDRESS_MATCH_LABELS": "labels",
            "ADDRESS_MATCH_FACTS": "facts",
            "COLUMNS": "120",
        }


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; raises `DemoFailedError` where it takes too long."""
    end = time.monotonic() + WAITING_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise DemoFailedError(f"waited {WAITING_SECONDS:.0f} seconds for {what}")
        time.sleep(0.2)


def _url_in(log: Path) -> str:
    found = re.search(r"http://\S+", log.read_text(encoding="utf-8"))
    return found[0] if found else ""
