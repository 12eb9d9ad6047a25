"""A real browser, and a real service that it asks; the tests are left out where there is no browser."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.visit import Visit
from tests.built_index import built_index

NAMES = ("chromium", "chromium-browser", "google-chrome")
REFERENCE = """uprn,address,postcode,parent_uprn,easting,northing
100000000101,"1 Tanfield Road, Shildon",DL4 5QA,,423000,526000
100000000104,"12 Tanfield Road, Shildon",DL4 5QA,,423060,526010
100000000105,"21 Tanfield Road, Shildon",DL4 5QA,,423110,526020
100000000106,"2 Cragwell Road, Shildon",DL4 5QB,,423500,526300
100000000111,"Marlin Court, 50 Skipper Street, Shildon",DL4 7BA,,424000,526500
100000000112,"Flat 1, Marlin Court, 50 Skipper Street, Shildon",DL4 7BA,100000000111,424000,526500
100000000120,"The <img src=x> Forge, 3 Smithy Lane, Shildon",DL4 6RF,,424100,526600
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser of the system, without a window."""
    if not installed():
        pytest.skip(f"no browser is installed: none of {', '.join(NAMES)} (Debian: apt-get install chromium)")
    with opened_browser() as opened:
        yield opened


def installed() -> str | None:
    """Return where a browser of the system is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Open the browser of the system, for as long as the context lasts."""
    # A browser refuses to run its own sandbox for the superuser, which tests in containers are.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed(), args=options)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service over a small reference."""
    index = built_index(tmp_path_factory.mktemp("browser"), REFERENCE)
    with serving(index, {"ADDRESS_MATCH_JOBS": str(tmp_path_factory.mktemp("jobs"))}) as url:
        yield url


class serving:  # noqa: N801 - a context manager reads as a verb
    """Serves an index, or where it is None what is promoted, in a process of its own for as long as the context lasts;
    gives its URL.
    """

    def __init__(self, index: Path | None, environment: dict[str, str], port: int = 0) -> None:
        self._index = index
        self._environment = environment
        self._port = port

    def __enter__(self) -> str:
        named = [] if self._index is None else ["--index", str(self._index)]
        command = [sys.executable, "-m", "address_match.service.cli", "serve", *named]
        self._process = subprocess.Popen(
            [*command, "--port", str(self._port)],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | self._environment,
        )
        for line in self._process.stderr or ():
            if found := re.search(r"http://[\w.:]+", line):
                return found[0]
        raise RuntimeError("the service did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without memory of others."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(page: Page, service: str) -> Iterator[Visit]:
    """A visit to the service; at its end nothing was said on the console, and nothing was asked of others."""
    visit = Visit(page, service)
    yield visit
    assert visit.complaints == []
    assert [url for url in visit.asked if not url.startswith((service, "data:"))] == []
