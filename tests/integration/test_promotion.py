"""A running server follows the promoted deployment: every request is answered, and by one deployment only."""

import json
import re
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Self

import pytest

from address_match.models.registry import Registry
from address_match.service.lifecycle.promotion import promote, roll_back
from tests.built_index import built_index
from tests.integration.bundles import of_another_ranker
from tests.integration.conftest import REFERENCE, environment, python

ADDRESS = "1 thornbeck row marlow fold ze1 4qt"
BULK = 600
"""Three of the chunks in which the service works on a bulk request."""


@pytest.fixture(scope="module")
def renumbered_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village once more, each UPRN with a 9 before it."""
    rows = REFERENCE.splitlines()
    renumbered = "\n".join([rows[0], *(f"9{row}" for row in rows[1:]), ""])
    return built_index(tmp_path_factory.mktemp("renumbered"), renumbered)


@contextmanager
def serving(registry: Registry, *options: str) -> Iterator[tuple[str, list[str]]]:
    """Run `serve` in a process of its own, with more options perhaps; yields its address, and the lines of its log as
    they come.
    """
    started = subprocess.Popen(
        python(
            "-m",
            "address_match.service.cli",
            "serve",
            "--registry",
            str(registry.folder),
            "--port",
            "0",
            *options,
        ),
        cwd=registry.folder,
        env=environment() | {"ADDRESS_MATCH_PROMOTION_SECONDS": "0.05"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stderr is not None
    killer = threading.Timer(120, started.kill)
    killer.start()
    log: list[str] = []
    try:
        log.append(started.stderr.readline())
        url = re.search(r"http://127\.0\.0\.1:\d+", log[0])
        assert url is not None, log
        yield url[0], log
    finally:
        started.send_signal(signal.SIGTERM)
        log += started.stderr.read().splitlines()
        started.stderr.close()
        code = started.wait(30)
        killer.cancel()
    assert code == 0, log


def asked(url: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - our own server
        return json.load(response)


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


class Clients:
    """Threads that ask without a pause; each keeps the UPRNs that it was given, in order."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stop = threading.Event()
        self.single: list[list[str]] = [[], [], []]
        self.bulk: list[list[str]] = []
        self.errors: list[BaseException] = []
        self._threads = [
            *(threading.Thread(target=self._ask, args=(given,)) for given in self.single),
            threading.Thread(target=self._ask_in_bulk),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self, given: list[str]) -> None:
        self._repeat(lambda: given.append(asked(f"{self._url}/v1/addresses", {"input": ADDRESS})["uprn"]))

    def _ask_in_bulk(self) -> None:
        body = {"addresses": [ADDRESS] * BULK}
        self._repeat(
            lambda: self.bulk.append([a["uprn"] for a in asked(f"{self._url}/v1/bulk", body)["answers"]])
        )

    def _repeat(self, ask: Callable[[], object]) -> None:
        while not self._stop.is_set():
            try:
                ask()
            except BaseException as error:  # noqa: BLE001 - the test looks at it in its own thread
                self.errors.append(error)
                return


def test_a_server_under_load_changes_to_the_promoted_deployment_and_back_without_a_lost_or_mixed_answer(
    tmp_path: Path, village_index: Path, renumbered_index: Path
) -> None:
    registry = Registry(tmp_path)
    registry.add(of_another_ranker(tmp_path / "source"))
    promote(registry, "default", village_index)
    with serving(registry) as (url, log), Clients(url) as clients:
        until(lambda: all(clients.single) and len(clients.bulk) > 1)
        promote(registry, "other", renumbered_index)
        until(lambda: all(given[-1] == "9100" for given in clients.single) and clients.bulk[-1][0] == "9100")
        ready = asked(f"{url}/readyz")["serving"]
        roll_back(registry)
        until(lambda: all(given[-1] == "100" for given in clients.single) and clients.bulk[-1][0] == "100")
    assert clients.errors == []
    assert ready["bundle"] == "other"
    assert ready["bundle_fingerprint"] == registry.load("other").fingerprint
    for given in clients.single:
        assert [uprn for uprn, _ in groupby(given)] == ["100", "9100", "100"]
    assert {len(set(uprns)) for uprns in clients.bulk} == {1}
    assert {uprns[0] for uprns in clients.bulk} == {"100", "9100"}
    assert not any("thornbeck" in line for line in log)


def test_a_deployment_that_is_gone_when_the_server_looks_leaves_the_one_before_in_service(
    tmp_path: Path, village_index: Path, renumbered_index: Path
) -> None:
    registry = Registry(tmp_path)
    promote(registry, "default", village_index)
    with serving(registry) as (url, log):
        moved = renumbered_index.rename(tmp_path / "index")
        promote(registry, "default", moved)
        until(lambda: asked(f"{url}/v1/addresses?input=1+thornbeck+row+ze1+4qt")["uprn"] == "9100")
        text = registry.folder / "promotions.json"
        text.write_text(text.read_text().replace(str(moved), str(tmp_path / "gone")))
        until(lambda: "promotion" in asked(f"{url}/readyz")["checks"])
        assert asked(f"{url}/v1/addresses?input=1+thornbeck+row+ze1+4qt")["uprn"] == "9100"
        roll_back(registry)
        until(lambda: asked(f"{url}/readyz")["checks"] == {"index": "ok"})
        assert asked(f"{url}/v1/addresses?input=1+thornbeck+row+ze1+4qt")["uprn"] == "100"
    assert any("cannot be opened" in line and "gone" in line for line in log)
