"""The routes of the pages, and of the files that they load. They hold no address: whoever asks for one of them needs no key."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from address_match.service.access.open_guard import is_loopback
from address_match.service.access.people import People
from address_match.service.http.pages.assets import Assets, page_assets, swagger_assets
from address_match.service.http.pages.headers import ASSET_HEADERS, SELF, page_headers
from address_match.service.http.pages.language import Language, language_of, translations
from address_match.service.http.pages.sign_in_routes import add_sign_in
from address_match.service.settings.server_settings import MapSettings, ServerSettings
from address_match.service.templates import open_template

_PACKAGE = "address_match.service.http.pages"
_WITH_MAP = "search.html"
_IN_STYLES = "'self' data:"
"""Where the images of Swagger UI come from: its style sheet holds them."""


def page_router(
    settings: ServerSettings,
    most_bytes: int = 0,
    people: People | None = None,
    *,
    has_model: bool = False,
    tiles: MapSettings | None = None,
) -> APIRouter:
    """Return the routes of the description of the service, and of the pages where they are turned on.

    Those of files and of their review are among them where the service takes any, of so many bytes at most; those of signing in, where
    there are people who may, and that of the models where it knows of a registry. `tiles` lie below the map of the search page.
    """
    router = APIRouter(include_in_schema=False)
    _add_assets(router, "/docs/assets", swagger_assets())
    router.add_api_route("/docs", _documentation, methods=["GET"])
    if has_pages(settings, people):
        if people is not None:  # before the files, whose paths have the same form
            add_sign_in(router, people)
        _add_assets(router, "/pages", page_assets())
        shown = Shown(most_bytes, _way_in(people), has_model, tiles)
        for path, name in _pages(shown).items():
            _add_page(router, path, name, shown)
    return router


WayIn = Literal["", "password", "elsewhere"]


def _way_in(people: People | None) -> WayIn:
    if people is None:
        return ""
    return "password" if people.elsewhere is None else "elsewhere"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the service has that its pages speak of."""

    most_bytes: int
    """Size of a file at most; 0 where it takes none."""
    signs_in: WayIn
    """How people sign in; by a key where it is empty."""
    has_model: bool
    """Whether it shows what is known of its models."""
    tiles: MapSettings | None
    """What lies below the map."""


def _pages(shown: Shown) -> dict[str, str]:
    """Return the template of each page, by its path."""
    pages = {"/": _WITH_MAP, "/pages/look-up": "look_up.html"}
    if shown.most_bytes:
        pages |= {"/pages/files": "files.html", "/pages/review": "review.html"}
    if shown.signs_in:
        pages["/pages/sign-in"] = "sign_in.html"
    if shown.has_model:
        pages["/pages/model"] = "model.html"
    return pages


def has_pages(settings: ServerSettings, people: People | None = None) -> bool:
    """Return whether a service has pages: as its settings say, else where this machine alone can reach it, or people sign in."""
    return people is not None or is_loopback(settings.host) if settings.pages is None else settings.pages


def _add_assets(router: APIRouter, prefix: str, assets: Assets) -> None:
    async def asset(release: str, name: str) -> Response:
        found = assets.by_name.get(name)
        if found is None or release != assets.release:
            raise HTTPException(404, "no such file of a page")
        return Response(found.content, headers=ASSET_HEADERS, media_type=found.media_type)

    router.add_api_route(f"{prefix}/{{release}}/{{name}}", asset, methods=["GET"])


def _add_page(router: APIRouter, path: str, name: str, shown: Shown) -> None:
    tiles = shown.tiles if name == _WITH_MAP else None
    images = f"{SELF} {tiles.origin}".strip() if tiles else SELF

    async def page(
        lang: Annotated[str, Query()] = "", accept_language: Annotated[str, Header()] = ""
    ) -> HTMLResponse:
        language = language_of(lang, accept_language)
        headers = page_headers(images=images) | {"Content-Language": language, "Vary": "Accept-Language"}
        return HTMLResponse(_page(name, language, shown), headers=headers)

    router.add_api_route(path, page, methods=["GET"])


@cache
def _page(name: str, language: Language, shown: Shown) -> str:
    texts = translations(language)
    return open_template(_PACKAGE, name).render(
        _=texts.gettext,
        language=language.value,
        release=page_assets().release,
        **asdict(shown),
    )


async def _documentation() -> HTMLResponse:
    page = open_template(_PACKAGE, "documentation.html").render(release=swagger_assets().release)
    return HTMLResponse(page, headers=page_headers(images=_IN_STYLES))
