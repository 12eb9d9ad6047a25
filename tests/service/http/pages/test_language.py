"""The pages in English and in Welsh."""

import gettext
import io
import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from address_match.parser.labels import Label
from address_match.parser.word_use import WordUse
from address_match.service.access.api_key import Role
from address_match.service.http.pages.language import Language, language_of, translations
from address_match.service.jobs.job import JobState
from address_match.service.lifecycle.audit.audit_row import Act
from address_match.service.lifecycle.comparison.gates import Gates
from address_match.service.lifecycle.decisions.model_decision import Kind, QualityLines
from address_match.service.lifecycle.model_runs.model_run import RunKind
from address_match.service.lifecycle.model_runs.scope import Scope
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.matching.account.fault import FaultKind
from address_match.service.matching.account.word_account import Account
from address_match.service.matching.answer import Reason, Relation, Status
from address_match.service.matching.features.feature import Field
from tests.service.http.model_client import places_in
from tests.service.http.service_under_test import running
from tests.service.jobs.arrangements import jobs_in

PAGES = Path(str(files("address_match.service.http.pages")))
CATALOGUE = PAGES / "locale" / "cy" / "LC_MESSAGES" / "pages.po"
TEXTS = {str(text) for _, _, text, *_ in extract_from_dir(PAGES / "templates", [("**.jinja", "jinja2")])}


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "cy", "cy"),
        ("", "cy-GB, en;q=0.8", "cy"),
        ("", "en, cy;q=0.9", "en"),
        ("", "fr, cy;q=0", "en"),
        ("", "fr;q=x, *", "en"),
        ("en", "cy", "en"),
        ("<b>", "cy", "cy"),
    ],
)
def test_the_language_is_the_chosen_one_or_what_the_browser_likes_best(
    chosen: str, accepted: str, language: str
) -> None:
    assert language_of(chosen, accepted) == language


@pytest.mark.parametrize("path", ["/", "/pages/look-up", "/pages/files", "/pages/review", "/pages/model"])
def test_a_page_speaks_welsh(path: str, tmp_path: Path) -> None:
    with running(jobs=jobs_in(tmp_path), model=places_in(tmp_path)) as client:
        answer = client.get(path, headers={"accept-language": "cy"})
    assert (answer.headers["content-language"], answer.headers["vary"]) == ("cy", "Accept-Language")
    assert '<html lang="cy">' in answer.text
    assert "Chwilio" in answer.text
    assert "Search" not in answer.text


def test_every_text_has_its_welsh_and_none_is_left_over() -> None:
    with CATALOGUE.open("rb") as file:
        held = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    assert {text for text in TEXTS if not held.get(text)} == set()
    assert held.keys() - TEXTS == set()


def test_a_welsh_text_keeps_the_places_that_are_filled_in() -> None:
    welsh = translations(Language.WELSH)
    places = re.compile(r"\{\w+\}")
    lost = [t for t in TEXTS if set(places.findall(t)) != set(places.findall(welsh.gettext(t)))]
    assert lost == []


def test_the_compiled_catalogue_says_what_its_source_says() -> None:
    """After a change: pybabel compile --directory service/http/pages/locale --domain pages"""
    compiled = io.BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file, locale="cy"))
    compiled.seek(0)
    fresh = gettext.GNUTranslations(compiled)
    assert {t for t in TEXTS if translations(Language.WELSH).gettext(t) != fresh.gettext(t)} == set()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("status", list(Status)),
        ("reason", [one for one in Reason if one]),
        ("relation", [one or "none" for one in Relation]),
        ("label", list(Label)),
        ("use", list(WordUse)),
        ("account", list(Account)),
        ("fault", list(FaultKind)),
        ("field", list(Field)),
        ("job", list(JobState)),
        ("channel", ["block", "lexical", "dense"]),
    ],
)
def test_the_pages_have_a_text_for_all_that_an_answer_may_say(kind: str, names: list[str]) -> None:
    with running() as client:
        said = set(re.findall(r'data-word="([^"]+)"', client.get("/").text))
    assert {f"{kind}.{name}" for name in names} - said == set()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("act", list(Act)),
        ("gate", [field.name for field in fields(Gates)]),
        ("kind", list(get_args(Kind))),
        ("level", [level.word for level in Level]),
        ("role", list(Role)),
        ("scope", list(Scope)),
        ("quality", list(QualityLines.model_fields)),
        ("runs", [f"done_{kind}" for kind in RunKind]),
    ],
)
def test_the_page_of_the_models_has_a_text_for_all_that_may_be_said_of_them(
    kind: str, names: list[str], tmp_path: Path
) -> None:
    with running(model=places_in(tmp_path)) as client:
        said = set(re.findall(r'data-word="([^"]+)"', client.get("/pages/model").text))
    assert {f"{kind}.{name}" for name in names} - said == set()


@pytest.mark.parametrize("page", ["/", "/pages/model"])
def test_every_text_that_a_script_shows_is_in_the_page(page: str, tmp_path: Path) -> None:
    """Those of the scripts `model*.js` are in the page of the models alone."""
    scripts = [
        path for path in (PAGES / "static").glob("*.js") if path.stem.startswith("model") == (page != "/")
    ]
    written = "".join(path.read_text("utf-8") for path in scripts)
    asked = set(re.findall(r'(?:say\(|, |\[)"([a-z_]+\.[a-z_]+)"', written))
    with running(model=places_in(tmp_path)) as client:
        said = set(re.findall(r'data-word="([^"]+)"', client.get(page).text))
    assert asked
    assert asked - said == set()
