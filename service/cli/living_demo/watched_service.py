"""The service that the circle asks, and what is known of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from address_match.models.synthesis.queries import NoisyQuery
from address_match.service.cli.living_demo.shell import wait_until
from address_match.service.facts.store import FactStore

AT_ONCE = 1_000
"""Addresses of a request."""


@dataclass(slots=True)
class WatchedService:
    """A service, and the facts that it keeps."""

    url: str
    facts: Path
    asked: int = 0

    def answer(self, queries: Sequence[NoisyQuery]) -> None:
        """Ask for addresses in bulk, and wait until the facts of all answers are kept."""
        for start in range(0, len(queries), AT_ONCE):
            self._ask([query.text for query in queries[start : start + AT_ONCE]])
        self.asked += len(queries)
        wait_until(self._has_all_facts, "the facts of the answers")

    def follow(self, bundle: str) -> None:
        """Wait until a bundle is served."""
        wait_until(lambda: self._serving() == bundle, f"{bundle} to be served")

    def _ask(self, texts: Sequence[str]) -> None:
        body = json.dumps({"addresses": texts}).encode()
        request = Request(f"{self.url}/v1/bulk", body, {"Content-Type": "application/json"})  # noqa: S310 - a service of ours
        with urlopen(request) as response:  # noqa: S310 - the same
            response.read()

    def _has_all_facts(self) -> bool:
        return len(FactStore(self.facts).read("bulk", ["status"]).table) == self.asked

    def _serving(self) -> str:
        with urlopen(f"{self.url}/readyz") as response:  # noqa: S310 - the same
            bundle: str = json.load(response)["serving"]["bundle"]
        return bundle
