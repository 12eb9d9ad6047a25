"""Describe problems in an OpenAPI document."""

from typing import Any

from address_match.service.access.errors import RoleError
from address_match.service.http.errors import BodyTooLargeError, PackedBodyError, UnreadableBodyError
from address_match.service.http.problems.problem import Problem
from address_match.service.http.problems.problem_kinds import INVALID, PROBLEMS
from address_match.service.http.problems.problem_response import MEDIA_TYPE

OF_A_BODY = (UnreadableBodyError, PackedBodyError, BodyTooLargeError)
"""Why a request is refused for its body, whatever its route is."""


def describe(*kinds: type[Exception]) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of a route, for the documentation."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in (INVALID, *(PROBLEMS[k] for k in kinds)):
        before = f"{found[kind.status]['description']}; " if kind.status in found else ""
        found[kind.status] = {
            "model": Problem,
            "description": before + kind.title,
            "content": {MEDIA_TYPE: {}},
        }
    return found


def describe_keys(document: dict[str, Any]) -> None:
    """Add to an OpenAPI document that its routes under /v1 take a key, and how they are refused without one.

    FastAPI describes only keys that a route checks itself, after it has read the body.
    """
    document["components"].setdefault("securitySchemes", {})["key"] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of the service, as `address-match keys add` prints it.",
    }
    refusal = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    refusals = {
        "401": {"description": "A key is needed, or the key is not in force", **refusal},
        "403": {"description": PROBLEMS[RoleError].title, **refusal},
    }
    for path, place in document["paths"].items():
        for operation in place.values() if path.startswith("/v1/") else ():
            operation["security"] = [{"key": []}]
            operation["responses"] |= refusals


def describe_as_sent(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document whose problems have the media type that they are sent with.

    FastAPI describes the model of any response as that of JSON; a generated client trusts the document, and fails on what comes.
    """
    for place in document["paths"].values():
        for operation in place.values():
            for response in operation["responses"].values():
                content = response.get("content", {})
                if MEDIA_TYPE in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
    return document
