from http import HTTPStatus
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field

from address_match.service.http.errors import UnknownPostcodeError
from address_match.service.http.problems.problem_response import register_problems
from address_match.service.http.routing.plain_routes import json_response
from address_match.service.http.routing.short_route import ShortRoute, ShortWay


async def method_of(request: Request) -> str:
    return request.method


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: str
    limit: int = Field(3, ge=1)


Method = Annotated[str, Depends(method_of)]
Question = Annotated[Asked, Query()]


async def listed(method: Method, place: str, question: Question) -> Response:
    if place == "nowhere":
        raise UnknownPostcodeError("no such place")
    return json_response({"method": method, "place": place, **question.model_dump()}, HTTPStatus.OK)


async def found(method: Method, question: Question) -> Response:
    return json_response({"method": method, **question.model_dump()}, HTTPStatus.OK)


def served(*, by_the_short_way: bool) -> TestClient:
    router = APIRouter(route_class=ShortRoute if by_the_short_way else APIRoute)
    router.add_api_route("/places/{place}", listed, methods=["GET"])
    router.add_api_route("/places", found, methods=["GET", "POST"])
    app = FastAPI()
    app.include_router(router)
    register_problems(app)
    app.state.routes = router.routes
    if by_the_short_way:
        app.add_middleware(ShortWay, routes=router.routes)
    return TestClient(app)


QUERIES = ["q=mill", "q=mill&limit=2", "q=", "", "limit=2", "q=a&limit=0", "q=a&more=1", "q=%C5%B5+%26", "q"]
PLACES = [
    "/places",
    "/places/mill%20lane",
    "/places/a%2Fb",
    "/places/a/b",
    "/places/",
    "/places/nowhere",
    "/",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("place", PLACES)
def test_the_short_way_answers_as_the_usual_one(place: str, query: str) -> None:
    short, usual = (served(by_the_short_way=each).get(f"{place}?{query}") for each in (True, False))
    assert (short.status_code, short.headers, short.content) == (
        usual.status_code,
        usual.headers,
        usual.content,
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_other_methods_go_the_usual_way(method: str) -> None:
    short, usual = (served(by_the_short_way=each).request(method, "/places?q=mill") for each in (True, False))
    assert (short.status_code, short.content) == (usual.status_code, usual.content)


def test_a_usual_request_never_reaches_the_application() -> None:
    async def application(*_asked: object) -> None:
        raise AssertionError("the application was asked")

    router = APIRouter(route_class=ShortRoute)
    router.add_api_route("/places", found, methods=["GET"])
    assert TestClient(ShortWay(application, router.routes)).get("/places?q=mill").json()["q"] == "mill"
