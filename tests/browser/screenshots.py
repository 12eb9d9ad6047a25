"""Takes the pictures of the pages that the documents show, of made-up data alone: `python -m
tests.browser.screenshots`.
"""

import argparse
import csv
import sys
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page, expect

from address_match.service.access.api_key import Role
from address_match.service.access.user_file import UserFile
from address_match.service.cli.program.entry import main as address_match
from tests.browser.conftest import opened_browser, serving
from tests.browser.drifted_models import drifted_models
from tests.browser.visit import Visit
from tests.built_index import built_index

PICTURES = Path(__file__).parents[2] / "docs" / "use" / "pictures"
MOST_BYTES = 60_000
"""Of a picture, so that the repository stays small."""
QUALITY = 55
"""Of WebP, from 0 to 100."""
WIDE, NARROW = 1000, 320
"""Widths in pixels of the pages: that of their text and more, and the least at which they are usable."""
TALL = 900
"""Most pixels of height; what is longer is cut off."""
PREMISES, SEED, ROWS = 3_000, 2026, 120
ASKED = "flat 4 21 beech hse templedoo rd ballymena"
PATIENCE = 120_000.0
"""Milliseconds for whatever is waited for: the machine may be busy."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows."""

    name: str
    """Of the file, without its suffix."""
    arrange: Callable[[Visit], None]
    """Leads to what is shown."""
    scheme: Literal["light", "dark"] = "light"
    width: int = WIDE
    media: Literal["screen", "print"] = "screen"
    signs_in: bool = False
    """Whether it is of a service to which people sign in."""


def suggested(visit: Visit) -> None:
    visit.open("/?lang=en")
    visit.page.locator("#address").focus()
    visit.type(ASKED.split(maxsplit=3)[-1][:9])
    expect(visit.page.get_by_role("option").first).to_be_visible()
    visit.press("ArrowDown")


def answered(visit: Visit) -> None:
    visit.open("/?lang=en")
    visit.search(ASKED)


def chosen(visit: Visit, rows: Path) -> None:
    visit.open("/pages/files?lang=en")
    visit.page.locator("#file").set_input_files(rows)
    expect(visit.page.get_by_role("button", name="Start")).to_be_visible()


def reported(visit: Visit, job: str) -> None:
    visit.open(f"/pages/files?lang=en#job={job}")
    expect(visit.page.locator("#status")).to_have_text("Done")


def reviewed(visit: Visit, job: str) -> None:
    visit.open(f"/pages/review?lang=en#job={job}")
    visit.type("Ann")
    visit.press("Enter")
    expect(visit.page.locator("#row [role=group]")).to_be_focused()


def model(visit: Visit, view: str) -> None:
    visit.open(f"/pages/model?lang=en#{view}")
    expect(visit.page.locator("#view h2").first).to_be_focused()


def looked_up(visit: Visit) -> None:
    visit.open("/pages/look-up?lang=en")


def signing_in(visit: Visit) -> None:
    visit.open("/pages/sign-in?lang=en")
    expect(visit.page.locator("#name")).to_be_focused()
    visit.type("Ann")


def scenes(rows: Path, job: str) -> list[Scene]:
    """Return all pictures of the documents."""
    return [
        Scene("search-suggestions", suggested),
        Scene("search", answered),
        Scene("search-dark", answered, scheme="dark"),
        Scene("search-narrow", answered, width=NARROW),
        Scene("search-print", answered, media="print"),
        Scene("files", lambda visit: chosen(visit, rows)),
        Scene("files-report", lambda visit: reported(visit, job)),
        Scene("review", lambda visit: reviewed(visit, job)),
        Scene("review-dark", lambda visit: reviewed(visit, job), scheme="dark"),
        Scene("review-narrow", lambda visit: reviewed(visit, job), width=NARROW),
        Scene("model-state", lambda visit: model(visit, "state")),
        Scene("model-monitor", lambda visit: model(visit, "monitor")),
        Scene("model-work", lambda visit: model(visit, "work")),
        Scene("look-up", looked_up),
        Scene("sign-in", signing_in, signs_in=True),
    ]


def take(browser: Browser, service: str, scene: Scene) -> bytes:
    """Return the picture of a scene as WebP."""
    context = browser.new_context(locale="en-GB", color_scheme=scene.scheme)
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": scene.width, "height": TALL})
        scene.arrange(Visit(page, service))
        page.emulate_media(media=scene.media, color_scheme=scene.scheme)
        return _picture(page)
    finally:
        context.close()


def _picture(page: Page) -> bytes:
    """Return what a page shows, from its top; Playwright itself writes PNG and JPEG alone."""
    page.evaluate("window.scrollTo(0, 0)")
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return b64decode(taken["data"])


def made_up(folder: Path, rows_wanted: int = ROWS) -> tuple[Path, Path]:
    """Make up a reference and a file of so many addresses; returns an index of the one, and the other."""
    arguments = [
        "--size",
        str(PREMISES),
        "--queries",
        str(rows_wanted),
        "--seed",
        str(SEED),
        "--out",
        str(folder / "synth"),
    ]
    address_match(["synth", *arguments])
    rows = folder / "council-tax.csv"
    with (folder / "synth" / "queries.csv").open(encoding="utf-8", newline="") as file:
        asked = [(f"A{number:03}", row["address"]) for number, row in enumerate(csv.DictReader(file), 1)]
    with rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("account", "address"), *asked])
    return built_index(folder, (folder / "synth" / "reference.csv").read_text(encoding="utf-8")), rows


def people_in(folder: Path) -> dict[str, str]:
    """Keep somebody who may sign in; returns the settings by which a service finds her."""
    users = UserFile(folder / "users.json")
    users.add("Ann", [Role.LABELLER], "seven plain words")
    named = {"USERS": users.path, "SESSIONS": folder / "sessions", "KEYS": folder / "keys"}
    return {f"ADDRESS_MATCH_{name}": str(path) for name, path in named.items()}


def matched(service: str, rows: Path, **options: object) -> str:
    """Have a file matched as a job, as the page of files does, by further options; returns the job's id."""
    chosen = {"name": rows.name, "outputs": "csv,xlsx,parquet", "estimate_precision": True, **options}
    with httpx.Client(base_url=service, timeout=PATIENCE / 1000) as client:
        sent = client.post("/v1/jobs", params={"hold": "true", "name": ".csv"}, content=rows.read_bytes())
        job: str = sent.raise_for_status().json()["id"]
        client.put(f"/v1/jobs/{job}/options", json=chosen).raise_for_status()
        client.post(f"/v1/jobs/{job}/start").raise_for_status()
        while client.get(f"/v1/jobs/{job}").json()["state"] in {"queued", "running"}:
            sleep(0.2)
    return job


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all pictures, or those whose names are given; fails where one is larger than it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=PICTURES, metavar="DIR", help="folder of the pictures (%(default)s)"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a picture (all)")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    too_large = []
    with TemporaryDirectory() as place:
        folder = Path(place)
        index, rows = made_up(folder)
        environment = drifted_models(folder, reason="fewer are accepted since the form has changed")
        with (
            serving(index, environment) as service,
            serving(index, people_in(folder)) as guarded,
            opened_browser() as browser,
        ):
            for scene in scenes(rows, matched(service, rows)):
                if options.names and scene.name not in options.names:
                    continue
                path = options.out / f"{scene.name}.webp"
                path.write_bytes(take(browser, guarded if scene.signs_in else service, scene))
                print(f"{path}: {path.stat().st_size:,} bytes")
                too_large += [scene.name] * (path.stat().st_size > MOST_BYTES)
    if too_large:
        print(f"larger than {MOST_BYTES:,} bytes: {', '.join(too_large)}", file=sys.stderr)
    return bool(too_large)


if __name__ == "__main__":
    sys.exit(main())
