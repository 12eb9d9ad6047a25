"""The files that pages load: scripts and style of our own, and those that show the description of the routes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import fastapi_offline

MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
OF_SWAGGER_UI = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png")
"""Files of the package `fastapi-offline`, which ships Swagger UI."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by their names, and a release that changes with any of them."""

    release: str
    by_name: Mapping[str, Asset]

    @classmethod
    def of(cls, contents: Mapping[str, bytes]) -> "Assets":
        """Name the release of some files by what they hold."""
        digest = hashlib.sha256()
        for name, content in sorted(contents.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        found = {name: Asset(content, _media_type(name)) for name, content in contents.items()}
        return cls(digest.hexdigest()[:16], found)


@cache
def page_assets() -> Assets:
    """Return the scripts and the style of our own pages."""
    folder = files(__package__) / "static"
    return Assets.of({file.name: file.read_bytes() for file in folder.iterdir() if _media_type(file.name)})


@cache
def swagger_assets() -> Assets:
    """Return what shows the description of the routes: Swagger UI, and the script of ours that starts it."""
    folder = files(fastapi_offline) / "static"
    contents = {name: (folder / name).read_bytes() for name in OF_SWAGGER_UI}
    ours = page_assets().by_name["start_swagger_ui.js"]
    return Assets.of(contents | {"start_swagger_ui.js": ours.content})


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(name[name.rfind(".") :], "")
