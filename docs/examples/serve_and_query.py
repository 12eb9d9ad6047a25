#!/usr/bin/env python
"""Start the HTTP service on a free port, ask it about several addresses, and stop it.

Usage: python docs/examples/serve_and_query.py INDEX, with an index of docs/examples/reference.csv.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Give the URL of a service that runs as long as the block does; it prints where it listens, then it answers."""
    serve = [sys.executable, "-m", "address_match.service.cli", "serve", "--index", str(index), "--port", "0"]
    with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as service:  # noqa: S603 - a command of ours
        try:
            yield address_of(service.stderr or ())
        finally:
            service.terminate()


def address_of(lines: Iterator[str] | Sequence[str]) -> str:
    """Read the URL out of the first line that has one."""
    for line in lines:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise SystemExit("the service did not start")


def ask(url: str, addresses: Sequence[str]) -> list[dict[str, Any]]:
    """Ask about several addresses in one request; the body is seen by no log of URLs."""
    body = json.dumps({"addresses": addresses}).encode()
    request = Request(f"{url}/v1/bulk", body, {"Content-Type": "application/json"})  # noqa: S310 - http, see above
    with urlopen(request) as response:  # noqa: S310 - the same
        answers: list[dict[str, Any]] = json.load(response)["answers"]
    return answers


def main(index: Path) -> None:
    """Ask about two addresses."""
    with served(index) as url:
        for answer in ask(url, ["12 tanfeild rd, shildon DL45QA", "9 Nowhere Lane, Truro"]):
            print(answer["status"], answer["uprn"], answer["reason"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
