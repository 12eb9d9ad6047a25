"""The routes of the pages, and of the files that they load. They hold no address: whoever asks for one of them needs no key."""

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from address_match.service.access.open_guard import is_loopback
from address_match.service.http.pages.assets import Assets, page_assets, swagger_assets
from address_match.service.http.pages.headers import ASSET_HEADERS, page_headers
from address_match.service.http.pages.language import Language, language_of, translations
from address_match.service.settings import ServerSettings
from address_match.service.templates import open_template

_PACKAGE = "address_match.service.http.pages"
_IN_STYLES = "'self' data:"
"""Where the images of Swagger UI come from: its style sheet holds them."""


def page_router(settings: ServerSettings, most_bytes: int = 0) -> APIRouter:
    """Return the routes of the description of the service, and of the pages where they are turned on.

    Those of files and of their review are among them where the service takes any, of so many bytes at most.
    """
    router = APIRouter(include_in_schema=False)
    _add_assets(router, "/docs/assets", swagger_assets())
    router.add_api_route("/docs", _documentation, methods=["GET"])
    if has_pages(settings):
        _add_assets(router, "/pages", page_assets())
        _add_page(router, "/", "search.html", most_bytes)
        _add_page(router, "/pages/look-up", "look_up.html", most_bytes)
        if most_bytes:
            _add_page(router, "/pages/files", "files.html", most_bytes)
            _add_page(router, "/pages/review", "review.html", most_bytes)
    return router


def has_pages(settings: ServerSettings) -> bool:
    """Return whether a service has pages: as its settings say, else where this machine alone can reach it."""
    return is_loopback(settings.host) if settings.pages is None else settings.pages


def _add_assets(router: APIRouter, prefix: str, assets: Assets) -> None:
    async def asset(release: str, name: str) -> Response:
        found = assets.by_name.get(name)
        if found is None or release != assets.release:
            raise HTTPException(404, "no such file of a page")
        return Response(found.content, headers=ASSET_HEADERS, media_type=found.media_type)

    router.add_api_route(f"{prefix}/{{release}}/{{name}}", asset, methods=["GET"])


def _add_page(router: APIRouter, path: str, name: str, most_bytes: int) -> None:
    async def page(
        lang: Annotated[str, Query()] = "", accept_language: Annotated[str, Header()] = ""
    ) -> HTMLResponse:
        language = language_of(lang, accept_language)
        headers = page_headers() | {"Content-Language": language, "Vary": "Accept-Language"}
        return HTMLResponse(_page(name, language, most_bytes), headers=headers)

    router.add_api_route(path, page, methods=["GET"])


@cache
def _page(name: str, language: Language, most_bytes: int) -> str:
    texts = translations(language)
    return open_template(_PACKAGE, name).render(
        _=texts.gettext, language=language.value, release=page_assets().release, most_bytes=most_bytes
    )


async def _documentation() -> HTMLResponse:
    page = open_template(_PACKAGE, "documentation.html").render(release=swagger_assets().release)
    return HTMLResponse(page, headers=page_headers(images=_IN_STYLES))
