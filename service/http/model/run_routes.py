"""The routes of what takes long about the models: retraining, and comparing with what is in force."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from address_match.service.http.errors import ActRefusedError, UnknownBundleError
from address_match.service.http.model.act_routes import OF_A_PERSON
from address_match.service.http.model.refusals import told_without_folders, without_folders
from address_match.service.http.model.requests import ComparisonRequest, RetrainingRequest
from address_match.service.http.model.required_roles import Owner, Reading
from address_match.service.http.model.responses import RunList, ShownRun
from address_match.service.http.model.routes import MODEL, Places, bundle_named
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.dependencies import Service
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.errors import RunGoingOnError, UnknownRunError
from address_match.service.lifecycle.model_runs.model_run import ModelRun, Queries, RunKind
from address_match.service.lifecycle.model_runs.model_runs import ModelRuns, new_id
from address_match.service.lifecycle.model_runs.scope import FROM_LABELS, Scope
from address_match.timestamp import timestamp

RUNS = f"{MODEL}/runs"

router = APIRouter(prefix=RUNS, tags=["model"], dependencies=[Reading])


async def runs_of(request: Request) -> ModelRuns:
    """Return the runs of the application."""
    runs: ModelRuns = request.app.state.model_runs
    return runs


Held = Annotated[ModelRuns, Depends(runs_of)]
RunId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", examples=["0b5a6f0f8f0a4b0e"])]


@router.get("", summary="List retrainings and comparisons")
async def listed(runs: Held, places: Places) -> RunList:
    """Give what was begun, the newest first, and what may be."""
    scopes = list(Scope) if places.reference else list(FROM_LABELS)
    queries = [Queries.LABELS, *([Queries.OWN] if places.queries else [])]
    shown = [_shown(runs, places, run) for run in runs.all()]
    return RunList(runs=shown, scopes=scopes, queries=queries)


@router.get("/{run}", summary="See how far a run is", responses=describe(UnknownRunError))
async def see(runs: Held, places: Places, run: RunId) -> ShownRun:
    """Give a run: its state, the last that its command said, and why it failed where it did."""
    return _shown(runs, places, runs.get(run))


@router.post(
    "/retraining",
    status_code=202,
    summary="Retrain",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, RunGoingOnError, ActRefusedError),
)
async def retrain(
    runs: Held, places: Places, owner: Owner, service: Service, response: Response, asked: RetrainingRequest
) -> ShownRun:
    """Learn a part of the bundle in force anew from the labels, as `address-match retrain` does; what comes of it is a bundle of the registry."""
    with told_without_folders(places):
        if asked.name in places.registry.names():
            raise ActRefusedError(f"the registry has a bundle {asked.name!r} already; give another name")
    run = _new(RunKind.RETRAIN, owner.name, asked.name, scope=asked.scope)
    return _begun(runs, places, await runs.begin(run, service.served), response)


@router.post(
    "/comparison",
    status_code=202,
    summary="Compare",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, UnknownBundleError, RunGoingOnError, ActRefusedError),
)
async def compare(
    runs: Held, places: Places, owner: Owner, service: Service, response: Response, asked: ComparisonRequest
) -> ShownRun:
    """Match addresses whose truth is known with a bundle and with the one in force, as `address-match model compare --queries` does."""
    with told_without_folders(places):
        bundle = bundle_named(places.registry, asked.bundle)
    run = _new(RunKind.COMPARE, owner.name, bundle, queries=asked.queries)
    return _begun(runs, places, await runs.begin(run, service.served), response)


@router.delete("/{run}", summary="End a run", responses=describe(*OF_A_PERSON, UnknownRunError))
async def end(runs: Held, places: Places, _owner: Owner, run: RunId) -> ShownRun:
    """End a run that goes on; its record stays."""
    runs.get(run)
    return _shown(runs, places, await runs.end(run))


def _new(
    kind: RunKind, by: str, bundle: str, *, scope: Scope | None = None, queries: Queries | None = None
) -> ModelRun:
    return ModelRun(
        id=new_id(), kind=kind, by=by, begun=timestamp(), bundle=bundle, scope=scope, queries=queries
    )


def _begun(runs: ModelRuns, places: ModelPlaces, run: ModelRun, response: Response) -> ShownRun:
    response.headers["Location"] = f"{RUNS}/{run.id}"
    return _shown(runs, places, run)


def _shown(runs: ModelRuns, places: ModelPlaces, run: ModelRun) -> ShownRun:
    said = {
        name: without_folders(text, places)
        for name, text in (("said", runs.said(run)), ("problem", run.problem))
    }
    return ShownRun.model_validate({**run.as_json(), **said})
