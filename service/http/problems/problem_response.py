"""Answer an error with the problem document of its kind."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from address_match.service.access.errors import LimitError
from address_match.service.error_place import place_of
from address_match.service.http.errors import (
    NotReadyError,
    UnreadableBodyError,
)
from address_match.service.http.problems.problem import Problem
from address_match.service.http.problems.problem_kinds import (
    INVALID,
    PROBLEMS,
    UNEXPECTED,
    ProblemKind,
    kind_of,
)
from address_match.service.http.request_id import request_id
from address_match.service.jobs.errors import TooManyJobsError

MEDIA_TYPE = "application/problem+json"
TYPES = "/docs/problems/"
"""Where the pages of the types are; relative to the service that answers (RFC 9457, section 3.1.1)."""
RETRY_SECONDS = 1

_log = logging.getLogger("address_match.http")
TO_BE_TRIED_AGAIN = frozenset({429, 503})
"""Statuses that come with `Retry-After`."""
_WORDS = {
    "model_attributes_type": "a JSON object is needed; send one with the header Content-Type: application/json",
    "json_invalid": "the JSON breaks off or goes wrong at this character",
}
"""Instead of the words of pydantic, by its types of errors: what is told who forgets the header, or a bracket."""


def problem_response(
    kind: ProblemKind, detail: str, errors: list[str] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Write a problem document."""
    problem = Problem(
        type=TYPES + kind.name,
        title=kind.title,
        status=kind.status,
        detail=kind.detail or detail,
        errors=errors or [],
        request_id=request_id.get(),
    )
    own = {"Retry-After": str(RETRY_SECONDS)} if kind.status in TO_BE_TRIED_AGAIN else {}
    if kind.challenge:
        own["WWW-Authenticate"] = kind.challenge
    content = problem.model_dump(exclude_defaults=True)
    return JSONResponse(
        content, status_code=kind.status, media_type=MEDIA_TYPE, headers={**own, **(headers or {})}
    )


def respond_to(error: Exception) -> JSONResponse:
    """Write the problem document of an error, by the table."""
    log_error(error)
    kind = kind_of(error)
    return (
        problem_response(UNEXPECTED, "")
        if kind is None
        else problem_response(kind, str(error), headers=_headers_of(error))
    )


def log_error(error: Exception) -> None:
    """Log an error that is not the client's, nor what has to be at the beginning and the end of a service."""
    kind = kind_of(error)
    if kind is None:
        # The message of an error may quote an address, which is personal data: only its class and place are logged.
        _log.error("request %s: unexpected %s in %s", request_id.get(), type(error).__name__, place_of(error))
    elif kind.status >= 500 and not isinstance(error, NotReadyError):
        _log.error("request %s: %s: %s", request_id.get(), kind.name, _cause_of(error))


def _headers_of(error: Exception) -> dict[str, str]:
    return (
        {"Retry-After": str(error.retry_seconds)} if isinstance(error, LimitError | TooManyJobsError) else {}
    )


def _cause_of(error: Exception) -> str:
    """Name an error of the index and what it came from; only our own message is given, which speaks of the index and no address."""
    cause = error.__cause__
    behind = "" if cause is None else f" (from {type(cause).__name__} in {place_of(cause)})"
    return f"{type(error).__name__}: {error}{behind}"


def register_problems(app: FastAPI) -> None:
    """Make an application answer every error with a problem document."""

    async def known(_request: Request, error: Exception) -> JSONResponse:
        return respond_to(error)

    for kind in PROBLEMS:
        app.add_exception_handler(kind, known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    # Neither the input nor the context is repeated: they may hold addresses.
    errors = [
        f"{'.'.join(str(part) for part in p['loc'])}: {_WORDS.get(p['type'], p['msg'])}" for p in problems
    ]
    return problem_response(INVALID, errors[0] if errors else "", errors)


async def _http(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    if status == HTTPStatus.BAD_REQUEST:
        return respond_to(UnreadableBodyError("the body cannot be read; send JSON in UTF-8, and not packed"))
    headers = (
        {"Allow": _methods_of(request.scope, request.app.state.routes)}
        if status == HTTPStatus.METHOD_NOT_ALLOWED
        else None
    )
    return problem_response(
        ProblemKind(status, "http", detail), f"{detail}; the routes are described at /docs", headers=headers
    )


def _methods_of(scope: Scope, routes: Sequence[BaseRoute]) -> str:
    """List what can be done with the place that a request names, by any of the routes that serve it."""
    found: set[str] = set()
    for route in routes:
        if isinstance(route, Route) and route.matches(scope)[0] != Match.NONE:
            found |= route.methods or set()
    return ", ".join(sorted(found | ({"HEAD"} if "GET" in found else set())))
