"""The short way to usual requests: what the framework does for any route takes several times as long as what these need."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from address_match.service.http.problems.problem_kinds import PROBLEMS
from address_match.service.http.problems.problem_response import respond_to

_KNOWN_ERRORS = tuple(PROBLEMS)


class ShortRoute(APIRoute):
    """A route of FastAPI, described as any other, whose usual requests may go the short way.

    They do where its function returns a response, and takes what is known of a request, parts of the path as they are, and the
    parameters of the URL by one model.
    """


class ShortWay:
    """Answers usual requests to such routes itself, and leaves all others to the application: those too whose parameters the
    model refuses, so that the framework says what is wrong.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        """Stand before an application that has these routes."""
        self._app = app
        short = [_Taken.by(route) for route in routes if _is_short(route)]
        taken = [one for one in short if one is not None]
        self._by_path = {one.route.path: one for one in taken if not one.route.param_convertors}
        self._by_pattern = [one for one in taken if one.route.param_convertors]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_read = scope["type"] == "http" and scope["method"] == "GET"
        found = self._found(scope["path"]) if is_read else None
        if found is None:
            await self._app(scope, receive, send)
            return
        taken, parts = found
        request = Request(scope, receive)
        question = taken.of_nothing
        if question is None or scope["query_string"]:
            try:
                question = taken.model.model_validate(dict(request.query_params))
            except ValidationError:
                await self._app(scope, receive, send)
                return
        scope["route"] = taken.route
        response = await _response(taken, request, {**parts, taken.question: question})
        await response(scope, receive, send)

    def _found(self, path: str) -> "tuple[_Taken, dict[str, str]] | None":
        """Return what a path names, and the parts of it that are arguments."""
        if (one := self._by_path.get(path)) is not None:
            return one, {}
        for one in self._by_pattern:
            if (match := one.route.path_regex.match(path)) is not None:
                return one, match.groupdict()
        return None


@dataclass(frozen=True, slots=True)
class _Taken:
    """What the function of a route takes."""

    route: APIRoute
    known: Mapping[str, Callable[[Request], Awaitable[Any]]]
    """By the names of its arguments, what tells something of a request."""
    question: str
    """Name of the argument that holds the parameters of the URL."""
    model: type[BaseModel]
    """By which these are read."""
    of_nothing: BaseModel | None
    """The parameters of a URL without any; None where it needs some."""

    @classmethod
    def by(cls, route: APIRoute) -> "_Taken | None":
        """Read it off what FastAPI knows of a route; None where its function has another form."""
        dependant = route.dependant
        returns = inspect.signature(route.endpoint).return_annotation
        if returns is not Response or dependant.body_params or len(dependant.query_params) != 1:
            return None
        question = dependant.query_params[0]
        known = {str(one.name): one.call for one in dependant.dependencies if one.call is not None}
        model: Any = question.field_info.annotation
        return cls(route, known, question.name, model, _of_nothing(model))


def _of_nothing(model: type[BaseModel]) -> BaseModel | None:
    try:
        return model()
    except ValidationError:
        return None


def _is_short(route: BaseRoute) -> TypeGuard[ShortRoute]:
    return isinstance(route, ShortRoute) and "GET" in (route.methods or ())


async def _response(taken: _Taken, request: Request, asked: Mapping[str, Any]) -> Response:
    """Return the answer of a route, or the problem document of an error that the table knows."""
    known = {name: await known_of(request) for name, known_of in taken.known.items()}
    try:
        response: Response = await taken.route.endpoint(**known, **asked)
    except _KNOWN_ERRORS as error:
        return respond_to(error)
    return response
