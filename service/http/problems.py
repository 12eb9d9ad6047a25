"""One table from errors to problem documents (RFC 9457)."""

import logging
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from address_match.indexer.errors import EngineUnavailableError, IndexerError
from address_match.parser.errors import TextTooLongError
from address_match.service.errors import ServiceError
from address_match.service.fault_isolation import place_of
from address_match.service.http.responses import Problem

MEDIA_TYPE = "application/problem+json"
TYPES = "https://address-match.invalid/problems/"
"""Prefix of the types; an identifier, not a page."""
RETRY_SECONDS = 1

_log = logging.getLogger("address_match.http")


class UnknownUprnError(ServiceError):
    """The reference does not hold the premises that a URL names."""


class TooManyAddressesError(ServiceError):
    """A bulk request holds more addresses than one request may."""


class LimitTooHighError(ServiceError):
    """A request asks for more candidates than it may."""


class BodyTooLargeError(ServiceError):
    """The body of a request is larger than the service reads."""


class OverloadedError(ServiceError):
    """More requests wait than the service takes on."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How one class of errors is shown."""

    status: int
    name: str
    title: str
    detail: str = ""
    """Shown instead of the error's own message, which may speak of files of the server."""


PROBLEMS: dict[type[Exception], ProblemKind] = {
    TextTooLongError: ProblemKind(422, "address-too-long", "The address is too long"),
    LimitTooHighError: ProblemKind(422, "limit-too-high", "Too many candidates asked for"),
    TooManyAddressesError: ProblemKind(413, "too-many-addresses", "Too many addresses in one request"),
    BodyTooLargeError: ProblemKind(413, "body-too-large", "The body is too large"),
    UnknownUprnError: ProblemKind(404, "unknown-uprn", "No such premises in the reference"),
    OverloadedError: ProblemKind(429, "overloaded", "Too many requests wait"),
    EngineUnavailableError: ProblemKind(
        503,
        "engine-unavailable",
        "The index does not answer",
        "The index cannot answer now; try again later.",
    ),
    IndexerError: ProblemKind(
        503,
        "index-unusable",
        "The index cannot be used",
        "The index cannot be used; see the log of the service.",
    ),
}
"""The class of an error, or the nearest of its bases, decides."""

UNEXPECTED = ProblemKind(500, "unexpected", "Something went wrong", "The error is in the log of the service.")


def problem_response(kind: ProblemKind, detail: str, errors: list[str] | None = None) -> JSONResponse:
    """Write a problem document."""
    problem = Problem(
        type=TYPES + kind.name,
        title=kind.title,
        status=kind.status,
        detail=kind.detail or detail,
        errors=errors or [],
    )
    headers = {"Retry-After": str(RETRY_SECONDS)} if kind.status in {429, 503} else None
    content = problem.model_dump(exclude_defaults=True)
    return JSONResponse(content, status_code=kind.status, media_type=MEDIA_TYPE, headers=headers)


def respond_to(error: Exception) -> JSONResponse:
    """Write the problem document of an error, by the table."""
    for base in type(error).__mro__:
        if base in PROBLEMS:
            return problem_response(PROBLEMS[base], str(error))
    # The message of an error may quote an address, which is personal data: only its class and place are logged.
    _log.error("unexpected %s in %s", type(error).__name__, place_of(error))
    return problem_response(UNEXPECTED, "")


def register(app: FastAPI) -> None:
    """Make an application answer every error with a problem document."""

    async def known(_request: Request, error: Exception) -> JSONResponse:
        return respond_to(error)

    for kind in PROBLEMS:
        app.add_exception_handler(kind, known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def describe(*kinds: type[Exception]) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of a route, for the documentation."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in (PROBLEMS[k] for k in kinds):
        found[kind.status] = {"model": Problem, "description": kind.title, "content": {MEDIA_TYPE: {}}}
    return found


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    # Neither the input nor the context is repeated: they may hold addresses.
    errors = [f"{'.'.join(str(part) for part in p['loc'])}: {p['msg']}" for p in problems]
    kind = ProblemKind(422, "invalid-request", "The request is not valid")
    return problem_response(kind, errors[0] if errors else "", errors)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    return problem_response(
        ProblemKind(status, "http", detail), f"{detail}; the routes are described at /docs"
    )
