from http import HTTPStatus
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field

from address_match.service.http.routing.plain_routes import json_response
from address_match.service.http.routing.short_route import ShortRoute


async def method_of(request: Request) -> str:
    return request.method


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: str
    limit: int = Field(3, ge=1)


async def answered(
    method: Annotated[str, Depends(method_of)], place: str, question: Annotated[Asked, Query()]
) -> Response:
    return json_response({"method": method, "place": place, **question.model_dump()}, HTTPStatus.OK)


def served_by(route_class: type[APIRoute]) -> TestClient:
    router = APIRouter(route_class=route_class)
    router.add_api_route("/{place}", answered, methods=["GET"])
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


@pytest.mark.parametrize(
    "query",
    ["q=mill", "q=mill&limit=2", "q=", "", "limit=2", "q=a&limit=0", "q=a&more=1", "q=%C5%B5+%26", "q"],
)
def test_a_short_route_answers_as_the_usual_one(query: str) -> None:
    short, usual = (served_by(each).get(f"/mill%20lane?{query}") for each in (ShortRoute, APIRoute))
    assert (short.status_code, short.content) == (usual.status_code, usual.content)


def test_it_is_described_as_the_usual_one() -> None:
    short, usual = (served_by(each).get("/openapi.json").json() for each in (ShortRoute, APIRoute))
    assert short == usual
