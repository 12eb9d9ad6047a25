import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

Handler = Callable[[Request], Awaitable[Response]]


class ShortRoute(APIRoute):
    """A route of FastAPI, described as any other, whose usual requests are read without what only others need.

    It does so where its function returns a response, and takes what is known of a request, parts of the path as they are, and the
    parameters of the URL by one model. What the model refuses goes FastAPI's own way, which says what is wrong.
    """

    def get_route_handler(self) -> Any:
        """Return what answers a request."""
        usual: Handler = super().get_route_handler()
        taken = _Taken.by(self.endpoint, self.dependant)
        if taken is None:
            return usual

        async def handler(request: Request) -> Response:
            try:
                question = taken.model.model_validate(dict(request.query_params))
            except ValidationError:
                return await usual(request)
            known = {name: await known_of(request) for name, known_of in taken.known.items()}
            response: Response = await self.endpoint(
                **known, **request.path_params, **{taken.question: question}
            )
            return response

        return handler


@dataclass(frozen=True, slots=True)
class _Taken:
    """What the function of a route takes."""

    known: Mapping[str, Callable[[Request], Awaitable[Any]]]
    """By the names of its arguments, what tells something of a request."""
    question: str
    """Name of the argument that holds the parameters of the URL."""
    model: type[BaseModel]
    """By which these are read."""

    @classmethod
    def by(cls, function: Callable[..., Any], dependant: Dependant) -> "_Taken | None":
        """Read it off what FastAPI knows of a function; None where it has another form."""
        returns = inspect.signature(function).return_annotation
        if returns is not Response or dependant.body_params or len(dependant.query_params) != 1:
            return None
        question = dependant.query_params[0]
        known = {str(one.name): one.call for one in dependant.dependencies if one.call is not None}
        model: Any = question.field_info.annotation
        return cls(known, question.name, model)
