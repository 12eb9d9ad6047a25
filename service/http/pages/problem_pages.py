"""A page for each problem that the service answers with, at its `type`; they hold nothing of a request."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from address_match.service.http.connections.refused_unread import PROBLEMS_OF_CONNECTIONS
from address_match.service.http.pages.headers import page_headers
from address_match.service.http.problems.problem_kinds import INVALID, PROBLEMS, UNEXPECTED, ProblemKind
from address_match.service.http.problems.problem_response import TYPES
from address_match.service.templates import open_template

_PACKAGE = "address_match.service.http.pages"
_OTHERS = {
    INVALID: "A parameter or a key is unknown, is missing, or has a value that it cannot have.",
    UNEXPECTED: "A fault of the service; its log says where, without the address.",
    ProblemKind(400, "http", "The method or the path is not known"): (
        "The status says what of HTTP a request does not keep to, such as a path that is none, or another method."
    ),
}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ExplainedProblem:
    """A kind of problem and when it is answered."""

    kind: ProblemKind
    meaning: str


@cache
def explained_problems() -> dict[str, ExplainedProblem]:
    """Return every problem of the service by its name: of an error, what its class says of it."""
    found: dict[str, ExplainedProblem] = {}
    for error, kind in PROBLEMS.items():
        meaning = (error.__doc__ or "").strip().partition("\n")[0]
        found.setdefault(kind.name, ExplainedProblem(kind, meaning))
    for kind, meaning in (_OTHERS | PROBLEMS_OF_CONNECTIONS).items():
        found.setdefault(kind.name, ExplainedProblem(kind, meaning))
    return found


@router.get(TYPES + "{name}")
async def problem_page(name: Annotated[str, Path()]) -> HTMLResponse:
    """Show what a problem means."""
    explained = explained_problems().get(name)
    if explained is None:
        raise HTTPException(404, "no such problem")
    page = open_template(_PACKAGE, "problem.html").render(kind=explained.kind, meaning=explained.meaning)
    return HTMLResponse(page, headers=page_headers())
