"""One table from errors to problem documents (RFC 9457)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from address_match.indexer.errors import EngineUnavailableError, IndexerError
from address_match.parser.errors import TextTooLongError
from address_match.service.access.errors import (
    KeyLimitError,
    LimitError,
    MissingKeyError,
    OtherPageError,
    PersonNeededError,
    RoleError,
    SignedOutError,
    SignInLimitError,
    UnknownKeyError,
    WrongPasswordError,
)
from address_match.service.errors import DecisionError, GateError, ServiceError
from address_match.service.fault_isolation import place_of
from address_match.service.http.model.refusals import ActRefusedError, UnknownBundleError
from address_match.service.http.request_id import request_id
from address_match.service.http.responses import Problem
from address_match.service.jobs.errors import (
    FileTooLargeError,
    JobStateError,
    NoResultError,
    NoRoomError,
    OtherOriginError,
    OtherVerdictError,
    TooManyJobsError,
    UnfitVerdictError,
    UnknownFormatError,
    UnknownJobError,
    UnknownRowError,
    UnknownSampleError,
)
from address_match.service.lifecycle.feedback.answer_id import UnknownAnswerError
from address_match.service.lifecycle.feedback.feedback_book import FeedbackNotWrittenError
from address_match.service.lifecycle.model_runs.errors import RunGoingOnError, UnknownRunError
from address_match.service.lookup.page import UnknownCursorError
from address_match.service.lookup.premises_lists import FilterOfStreetsError

MEDIA_TYPE = "application/problem+json"
TYPES = "/docs/problems/"
"""Where the pages of the types are; relative to the service that answers (RFC 9457, section 3.1.1)."""
RETRY_SECONDS = 1

_log = logging.getLogger("address_match.http")


class UnknownUprnError(ServiceError):
    """The reference does not hold the premises that a URL names."""


class UnknownPostcodeError(ServiceError):
    """The reference holds no postcode that starts as a URL says."""


class UnknownStreetError(ServiceError):
    """The reference does not hold the street that a request names."""


class NoPostcodeError(ServiceError):
    """What a URL names is no postcode, nor the start of one."""


class TooManyAddressesError(ServiceError):
    """A bulk request holds more addresses than one request may."""


class TooMuchWorkError(ServiceError):
    """A request costs more than one request may."""


class UnknownHostError(ServiceError):
    """A request names another host than the service is known by."""


class RepeatedParameterError(ServiceError):
    """A URL gives a parameter more than once."""


class UnreadableBodyError(ServiceError):
    """The bytes of a body are no text."""


class ClientGoneError(ServiceError):
    """Nobody waits for the answer."""


class LimitTooHighError(ServiceError):
    """A request asks for more candidates than it may."""


class BodyTooLargeError(ServiceError):
    """The body of a request is larger than the service reads."""


class OverloadedError(ServiceError):
    """More requests wait than the service takes on."""


class NotReadyError(ServiceError):
    """The service is not up yet, or no longer."""


class HangsError(ServiceError):
    """The service is up and its requests do not get on."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How one class of errors is shown."""

    status: int
    name: str
    title: str
    detail: str = ""
    """Shown instead of the error's own message, which may speak of files of the server."""
    challenge: str = ""
    """How to show who asks (RFC 6750), for the header `WWW-Authenticate`; empty where that is no question."""


_CHALLENGE = 'Bearer realm="address-match"'
_GONE = ProblemKind(499, "client-gone", "The client has gone")

PROBLEMS: dict[type[Exception], ProblemKind] = {
    MissingKeyError: ProblemKind(401, "missing-key", "A key is needed", challenge=_CHALLENGE),
    UnknownKeyError: ProblemKind(
        401, "unknown-key", "The key is not in force", challenge=f'{_CHALLENGE}, error="invalid_token"'
    ),
    RoleError: ProblemKind(
        403, "other-role", "The key is not for this", challenge=f'{_CHALLENGE}, error="insufficient_scope"'
    ),
    PersonNeededError: ProblemKind(403, "person-needed", "A person has to sign in for this"),
    SignedOutError: ProblemKind(401, "signed-out", "Nobody is signed in", challenge=_CHALLENGE),
    OtherPageError: ProblemKind(403, "other-page", "Another page asks for this"),
    WrongPasswordError: ProblemKind(403, "wrong-password", "The name or the password is not right"),
    SignInLimitError: ProblemKind(429, "sign-in-limit", "Too many have failed to sign in"),
    TextTooLongError: ProblemKind(422, "address-too-long", "The address is too long"),
    LimitTooHighError: ProblemKind(422, "limit-too-high", "Too many candidates asked for"),
    TooMuchWorkError: ProblemKind(422, "too-much-work", "One request may not ask for so much"),
    UnknownHostError: ProblemKind(400, "unknown-host", "The host is not known here"),
    RepeatedParameterError: ProblemKind(422, "repeated-parameter", "A parameter is given more than once"),
    UnreadableBodyError: ProblemKind(400, "unreadable-body", "The body cannot be read"),
    ClientGoneError: _GONE,
    ClientDisconnect: _GONE,
    TooManyAddressesError: ProblemKind(413, "too-many-addresses", "Too many addresses in one request"),
    KeyLimitError: ProblemKind(429, "key-limit", "So much may be asked, and no more for now"),
    BodyTooLargeError: ProblemKind(413, "body-too-large", "The body is too large"),
    UnknownUprnError: ProblemKind(404, "unknown-uprn", "No such premises in the reference"),
    UnknownPostcodeError: ProblemKind(404, "unknown-postcode", "No such postcode in the reference"),
    UnknownStreetError: ProblemKind(404, "unknown-street", "No such street in the reference"),
    NoPostcodeError: ProblemKind(422, "no-postcode", "That is no postcode"),
    UnknownAnswerError: ProblemKind(404, "unknown-answer", "No such answer"),
    FeedbackNotWrittenError: ProblemKind(
        503,
        "feedback-not-written",
        "Feedback cannot be kept",
        "Feedback cannot be kept now; try again later.",
    ),
    FilterOfStreetsError: ProblemKind(
        422, "filter-of-streets", "Too many streets to count what passes a filter"
    ),
    GateError: ProblemKind(409, "gate-not-passed", "The bundle does not pass the gates"),
    DecisionError: ProblemKind(409, "undecided", "Two persons have not decided that"),
    ActRefusedError: ProblemKind(409, "act-refused", "That cannot be done as it was asked"),
    UnknownRunError: ProblemKind(404, "unknown-run", "No such run"),
    RunGoingOnError: ProblemKind(409, "run-going-on", "Another run goes on"),
    UnknownBundleError: ProblemKind(404, "unknown-bundle", "No such bundle in the registry"),
    UnknownCursorError: ProblemKind(422, "unknown-cursor", "The list does not hold what the cursor names"),
    UnknownJobError: ProblemKind(404, "unknown-job", "No such job"),
    NoResultError: ProblemKind(404, "no-result", "No result in that format"),
    UnknownSampleError: ProblemKind(404, "unknown-sample", "No such sample"),
    UnknownRowError: ProblemKind(404, "unknown-row", "No such row in the queue"),
    OtherVerdictError: ProblemKind(409, "other-verdict", "The same coder said something else before"),
    UnfitVerdictError: ProblemKind(422, "unfit-verdict", "The verdict does not fit the row"),
    JobStateError: ProblemKind(409, "job-state", "The job is not in the state for that"),
    UnknownFormatError: ProblemKind(422, "unknown-format", "No kind of file that can be read"),
    OtherOriginError: ProblemKind(422, "other-origin", "No place that may be told"),
    FileTooLargeError: ProblemKind(413, "file-too-large", "The file is too large"),
    TooManyJobsError: ProblemKind(429, "too-many-jobs", "Too many jobs wait"),
    NoRoomError: ProblemKind(507, "no-room", "There is no room for the file"),
    OverloadedError: ProblemKind(429, "overloaded", "Too many requests wait"),
    NotReadyError: ProblemKind(503, "not-ready", "The service cannot answer yet, or no longer"),
    HangsError: ProblemKind(503, "hangs", "Requests do not get on"),
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

TO_BE_TRIED_AGAIN = frozenset({429, 503})
"""Statuses that come with `Retry-After`."""
_WORDS = {
    "model_attributes_type": "a JSON object is needed; send one with the header Content-Type: application/json"
}
"""Instead of the words of pydantic, by its types of errors: this is what who forgets the header is told."""
INVALID = ProblemKind(422, "invalid-request", "The request is not valid")
UNEXPECTED = ProblemKind(500, "unexpected", "Something went wrong", "The error is in the log of the service.")


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


def kind_of(error: Exception) -> ProblemKind | None:
    """Return how an error is answered; None of one that nobody foresaw."""
    return next((PROBLEMS[base] for base in type(error).__mro__ if base in PROBLEMS), None)


def _headers_of(error: Exception) -> dict[str, str]:
    return (
        {"Retry-After": str(error.retry_seconds)} if isinstance(error, LimitError | TooManyJobsError) else {}
    )


def _cause_of(error: Exception) -> str:
    """Name an error of the index and what it came from; only our own message is given, which speaks of the index and no address."""
    cause = error.__cause__
    behind = "" if cause is None else f" (from {type(cause).__name__} in {place_of(cause)})"
    return f"{type(error).__name__}: {error}{behind}"


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
