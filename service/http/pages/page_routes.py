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


def page_router(settings: ServerSettings) -> APIRouter:
    """Return the routes of the description of the service, and of the pages where they are turned on."""
    router = APIRouter(include_in_schema=False)
    _add_assets(router, "/docs/assets", swagger_assets())
    router.add_api_route("/docs", _documentation, methods=["GET"])
    if has_pages(settings):
        _add_assets(router, "/pages", page_assets())
        router.add_api_route("/", _search, methods=["GET"])
        router.add_api_route("/pages/look-up", _look_up, methods=["GET"])
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


async def _search(
    lang: Annotated[str, Query()] = "", accept_language: Annotated[str, Header()] = ""
) -> HTMLResponse:
    return _in_language("search.html", lang, accept_language)


async def _look_up(
    lang: Annotated[str, Query()] = "", accept_language: Annotated[str, Header()] = ""
) -> HTMLResponse:
    return _in_language("look_up.html", lang, accept_language)


def _in_language(name: str, chosen: str, accepted: str) -> HTMLResponse:
    language = language_of(chosen, accepted)
    headers = page_headers() | {"Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(_page(name, language), headers=headers)


@cache
def _page(name: str, language: Language) -> str:
    texts = translations(language)
    return open_template(_PACKAGE, name).render(
        _=texts.gettext, language=language.value, release=page_assets().release
    )


async def _documentation() -> HTMLResponse:
    page = open_template(_PACKAGE, "documentation.html").render(release=swagger_assets().release)
    return HTMLResponse(page, headers=page_headers(images=_IN_STYLES))
