"""Answers as the ONS Address Index (AIMS) does, below a prefix: its paths, its checks in its order, its envelopes."""

import hmac
from collections.abc import Iterable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from address_match.indexer.errors import IndexerError
from address_match.parser.errors import TextTooLongError
from address_match.service.access.errors import AccessError, KeyLimitError, MissingKeyError
from address_match.service.access.guard import Guard
from address_match.service.http.aims import envelope
from address_match.service.http.aims.ask import Ask, Call, RefusedError
from address_match.service.http.aims.bulk_document import bulk_document
from address_match.service.http.aims.bulk_jobs import BulkJobs
from address_match.service.http.aims.calls import BULK_SERVICE, GET, POST, CallOf, Sent, calls_of_jobs
from address_match.service.http.aims.code_lists import GREETING
from address_match.service.http.aims.error_texts import Refusal
from address_match.service.http.aims.parameters import Parameters
from address_match.service.http.entrance import door
from address_match.service.http.errors import ClientGoneError, OverloadedError, TooManyAddressesError
from address_match.service.http.problems.problem_kinds import kind_of
from address_match.service.http.problems.problem_response import RETRY_SECONDS, log_error
from address_match.service.http.routing.dependencies import client_of, service_of
from address_match.service.http.routing.plain_routes import json_response, plain_route
from address_match.service.jobs.errors import JobError, TooManyJobsError
from address_match.service.jobs.jobs import Jobs
from address_match.service.settings.facade_settings import AimsSettings

JSON_TYPES = frozenset({"application/json", "text/json"})
UNKNOWN_SENDER_BYTES = 65_536
"""Of a body that is read though no key in force came with it: AIMS says what is wrong with the body first."""
_CAUSE = "the index cannot answer now"
_BUSY = "too many requests wait"


class Facade:
    """Makes the routes that answer as AIMS does."""

    def __init__(
        self,
        settings: AimsSettings,
        *,
        candidates: int,
        guard: Guard | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        """Answer below the prefix of the settings; whoever asks has to send a key where there is a `guard`."""
        self._jobs = jobs
        self._settings = settings
        self._candidates = candidates
        self._guard = guard

    def routes(self) -> list[BaseRoute]:
        """Return a route for each path of AIMS, and one that answers for all others below the prefix."""
        calls = [("GET", path, of) for path, of in GET.items()] + [("POST", p, of) for p, of in POST.items()]
        calls += [] if self._jobs is None else calls_of_jobs(BulkJobs(self._jobs))
        return [
            *(self._route(path, _Endpoint(self, of), method) for method, path, of in calls),
            *self._described(),
            self._route("/healthz", _Health(self), "GET"),
            self._route("/", PlainTextResponse(GREETING), "GET"),
            self._route("/{path:path}", by_router(HTTPStatus.NOT_FOUND, "Path not found")),
        ]

    def _described(self) -> list[BaseRoute]:
        """Return the route of the document of the service for bulk, which holds no address and asks for no key."""
        if self._jobs is None:
            return []
        document = json_response(bulk_document(self._settings.prefix + BULK_SERVICE), HTTPStatus.OK)
        return [self._route(f"{BULK_SERVICE}/openapi.json", document, "GET")]

    def _route(self, path: str, app: ASGIApp, method: str | None = None) -> Route:
        return plain_route(self._settings.prefix + path, app, method)

    async def answer(self, call_of: CallOf, request: Request) -> Response:
        """Answer one request."""
        sent = first_of_each(request.scope["query_string"])
        call = call_of(sent)
        if any(name not in sent for name in call.required):
            return by_router(HTTPStatus.BAD_REQUEST)
        with ExitStack() as allowed:
            key_problem = self.key_problem(request.scope, allowed) if not call.is_open else None
            body, problem = await _body(call, request, is_unknown=key_problem is not None)
            if problem is not None:
                return by_router(problem)
            ask = Ask(
                parameters=Parameters(sent, call.defaults, call.is_blank_absent),
                in_path=request.path_params,
                body=body,
                service=await service_of(request),
                client=await client_of(request),
                owner=door.known_as(request.scope),
                is_gone=request.is_disconnected,
                epoch=self._settings.epoch,
                candidates=self._candidates,
                source_problem=self.source_problem(request),
                key_problem=_code_of(key_problem),
            )
            return await self._answered(call, ask, key_problem)

    def source_problem(self, request: Request) -> int:
        """Return the code of what is wrong with the header of the gateway, 0 for none or where none is asked for."""
        wanted = self._settings.source.get_secret_value()
        sent = request.headers.get("source", "")
        if not wanted:
            return 0
        if not sent:
            return 13
        return 0 if hmac.compare_digest(sent.encode(), wanted.encode()) else 14

    def key_problem(self, scope: Scope, allowed: ExitStack) -> AccessError | None:
        """Let the holder of a key in, until the stack is closed; return why he may not be."""
        if self._guard is None:
            return None
        problem: AccessError = MissingKeyError("send a key of the service in the header `Authorization`")
        for written in sent_keys(scope["headers"]):
            try:
                allowed.enter_context(door.entered(self._guard, scope, written, door.SEE_ADDRESSES))
            except AccessError as error:
                problem = error
                if isinstance(error, KeyLimitError):
                    break
            else:
                return None
        return problem

    async def _answered(self, call: Call, ask: Ask, key_problem: AccessError | None) -> Response:
        for check in call.checks:
            if (refusal := check(ask)) is not None:
                return refused(call, ask, refusal)
        if isinstance(key_problem, KeyLimitError):
            return _unable(
                call, ask, HTTPStatus.TOO_MANY_REQUESTS, str(key_problem), key_problem.retry_seconds
            )
        try:
            answered = await call.answer(ask)
        except RefusedError as error:
            return refused(call, ask, error.refusal)
        except TextTooLongError:
            return refused(call, ask, Refusal(2))
        except TooManyAddressesError as error:
            return by_router(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))
        except OverloadedError:
            return _unable(call, ask, HTTPStatus.TOO_MANY_REQUESTS, _BUSY, RETRY_SECONDS)
        except ClientGoneError:
            raise
        except JobError as error:
            return _by_jobs(error)
        except IndexerError as error:
            log_error(error)
            return _unable(call, ask, HTTPStatus.INTERNAL_SERVER_ERROR, _CAUSE)
        except Exception as error:  # noqa: BLE001 - the outermost handler of these paths: their clients know no other shape
            log_error(error)
            return by_router(HTTPStatus.INTERNAL_SERVER_ERROR)
        return answered if isinstance(answered, Response) else json_response(answered, HTTPStatus.OK)


class _Endpoint:
    """Answers one path."""

    def __init__(self, facade: Facade, call_of: CallOf) -> None:
        self._facade = facade
        self._call_of = call_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = await self._facade.answer(self._call_of, Request(scope, receive))
        await response(scope, receive, send)


class _Health:
    """Says whether the index answers, to whoever may ask it."""

    def __init__(self, facade: Facade) -> None:
        self._facade = facade

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        with ExitStack() as allowed:
            problem = self._facade.source_problem(request) or self._facade.key_problem(scope, allowed)
            is_well = not problem and await _pings(request)
        status = HTTPStatus.OK if is_well else HTTPStatus.IM_A_TEAPOT
        await PlainTextResponse("ok" if is_well else "unhealthy", status.value)(scope, receive, send)


def first_of_each(query: bytes) -> Sent:
    """Read the parameters of a URL; of one that is sent more than once the first counts."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return dict(reversed(pairs))


def sent_keys(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """Return what the header `Authorization` may hold as a key: all of it, or what stands behind a scheme or the name of a user.

    >>> sent_keys([(b"authorization", b"someone_amk_1_2")])
    ['someone_amk_1_2', 'amk_1_2']
    """
    sent = [value.decode("latin-1").strip() for name, value in headers if name == b"authorization"]
    if len(sent) != 1 or not sent[0]:
        return []
    scheme, _, rest = sent[0].partition(" ")
    written = rest.strip() if scheme.lower() == "bearer" else sent[0]
    _, _, behind = written.partition("_")
    return [written, behind] if behind else [written]


def refused(call: Call, ask: Ask, refusal: Refusal) -> Response:
    """Answer with a refusal, in the shape that its code has on the path."""
    shape = call.shapes.get(refusal.code, call.shape) or envelope.search
    return json_response(envelope.refused(shape(ask), refusal), refusal.status)


def by_router(status: HTTPStatus, message: str = "") -> Response:
    """Answer as AIMS does before a path is reached."""
    return json_response(envelope.by_router(status, message), status)


def _unable(call: Call, ask: Ask, status: HTTPStatus, cause: str, retry_seconds: int = 0) -> Response:
    """Say that the index cannot answer, by the code of the path."""
    headers = {"Retry-After": str(retry_seconds)} if retry_seconds else None
    if not call.failure or call.shape is None:
        return json_response(envelope.by_router(status), status, headers)
    content = envelope.refused(call.shape(ask), Refusal(call.failure, cause, status))
    return json_response(content, status, headers)


def _by_jobs(error: JobError) -> Response:
    """Say why a job is not taken or not given, by the status that it has everywhere here."""
    kind = kind_of(error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR if kind is None else HTTPStatus(kind.status)
    headers = {"Retry-After": str(error.retry_seconds)} if isinstance(error, TooManyJobsError) else None
    return json_response(envelope.by_router(status, str(error)), status, headers)


def _code_of(problem: AccessError | None) -> int:
    if problem is None or isinstance(problem, KeyLimitError):
        return 0
    return 11 if isinstance(problem, MissingKeyError) else 12


async def _body(call: Call, request: Request, *, is_unknown: bool) -> tuple[Any, HTTPStatus | None]:
    """Read the body of a call, or return the status by which it is refused."""
    if call.reads is None:
        return None, None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in JSON_TYPES:
        return None, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if is_unknown and not _is_short(request.headers.get("content-length", "")):
        return None, HTTPStatus.UNAUTHORIZED
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        return None, HTTPStatus.BAD_REQUEST
    return (body, None) if call.reads(body) else (None, HTTPStatus.BAD_REQUEST)


def _is_short(length: str) -> bool:
    return length.isdecimal() and int(length) <= UNKNOWN_SENDER_BYTES


async def _pings(request: Request) -> bool:
    service = await service_of(request)
    try:
        await service.lookups.do(
            lambda pipeline: pipeline.retriever.ping(),
            route="lookup",
            client=await client_of(request),
            cost=0.0,
        )
    except (IndexerError, OverloadedError):
        return False
    return True
