"""The application: routes, guards and problems joined around what answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from address_match.service.access.open_guard import is_loopback
from address_match.service.access.person import local_person
from address_match.service.error_place import place_of
from address_match.service.http import probes
from address_match.service.http.addresses import feedback_routes, list_routes
from address_match.service.http.addresses.bulk_lines import LINES
from address_match.service.http.addresses.routes import router
from address_match.service.http.aims.facade import Facade as AimsFacade
from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.connections.connection_bounds import UPLOAD
from address_match.service.http.deployments.deployment import ActiveDeployment
from address_match.service.http.entrance.bodies import BoundedBodies, UnequivocalBodies
from address_match.service.http.entrance.cross_origin import CrossOrigin
from address_match.service.http.entrance.door import Door
from address_match.service.http.entrance.guards import (
    AllowedHosts,
    Outermost,
    PlainUrls,
    StrictTransport,
)
from address_match.service.http.jobs import review_routes
from address_match.service.http.jobs import routes as job_routes
from address_match.service.http.model import act_routes, label_routes, run_routes, sample_routes
from address_match.service.http.model import routes as model_routes
from address_match.service.http.os_places.facade import Facade as OsPlacesFacade
from address_match.service.http.pages.page_routes import page_router
from address_match.service.http.pages.problem_pages import router as problem_router
from address_match.service.http.problems.described_problems import describe_as_sent, describe_keys
from address_match.service.http.problems.problem_response import register_problems
from address_match.service.http.routing.short_route import ShortWay
from address_match.service.http.service_parts import NO_PARTS, ServiceParts
from address_match.service.http.watching.log_lines import log_request
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.http.watching.traces import NO_TELEMETRY, Traces, open_traces
from address_match.service.http.watching.watched import Watched
from address_match.service.jobs.job import JobState
from address_match.service.jobs.reviews import Reviews
from address_match.service.jobs.sample_reviews import SampleReviews
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.settings.facade_settings import Facades
from address_match.service.settings.server_settings import NetworkSettings, ServerSettings

_log = logging.getLogger("address_match.http")

DESCRIPTION = """Free-text UK addresses in, the property's UPRN out, with a probability that can be trusted, or an honest
"not in the reference". Errors are problem documents (RFC 9457). Addresses are not logged."""


class _Application(FastAPI):
    """An application that describes its problems as it sends them, and the keys that it asks for."""

    asks_for_keys = False

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            described = describe_as_sent(super().openapi())
            if self.asks_for_keys:
                describe_keys(described)
        return super().openapi()


def create_app(
    active: ActiveDeployment,
    settings: ServerSettings,
    parts: ServiceParts = NO_PARTS,
    *,
    metrics: ServiceMetrics | None = None,
    network: NetworkSettings | None = None,
    traces: Traces | None = None,
) -> FastAPI:
    """Make the application; it owns the active deployment from its start and closes it at its end.

    What it does is counted in `metrics`, of which each application has its own. Spans go to `traces`, which are those of OpenTelemetry
    where it is installed.
    """
    traces = traces or open_traces()
    counted = metrics or ServiceMetrics()
    counted.show_deployment(active)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = MatchingService(
            active=active,
            settings=settings,
            metrics=counted,
            facts=parts.facts,
            traces=traces,
            shadow=parts.shadow,
            canary=parts.canary,
        )
        async with _serving(app, service, probes.ReadinessCheck(active), _beside(parts)):
            yield

    app = _Application(
        title="address-match",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,  # ours needs no network
        redoc_url=None,
        telemetry=NO_TELEMETRY,
        generate_unique_id_function=_operation_name,
    )
    if parts.facades is not None:
        active.epoch = parts.facades.epoch
    app.state.metrics, app.state.feedback = counted, parts.feedback
    app.state.local_person = local_person() if parts.guard is None and is_loopback(settings.host) else None
    _take_in_routes(app, settings, parts, counted)
    register_problems(app)
    _wrap(app, settings, parts, network or NetworkSettings())
    app.add_middleware(Watched, tell=(counted.count_request, log_request), traces=traces)
    app.add_middleware(Outermost)
    return app


def _beside(parts: ServiceParts) -> list["_Task"]:
    """Return what runs beside the requests, of what a service has."""
    last_use = None if parts.guard is None else parts.guard.last_use
    of_canary = None if parts.canary is None else parts.canary.reloader
    tasks: tuple[_Task | None, ...] = (
        parts.reloader,
        of_canary,
        last_use,
        parts.jobs,
        parts.runs,
        parts.heartbeat,
    )
    return [task for task in tasks if task is not None]


def _operation_name(route: APIRoute) -> str:
    """Return by what name generated clients call a route: that of its function, behind what it is about."""
    about = str(route.tags[0]) if route.tags else ""
    return route.name if route.name.startswith(about) else f"{about}_{route.name}"


def _take_in_routes(
    app: FastAPI, settings: ServerSettings, parts: ServiceParts, metrics: ServiceMetrics
) -> None:
    """Add the routes of a service and of its parts, with what they need."""
    jobs, people = parts.jobs, None if parts.guard is None else parts.guard.people
    most_bytes = 0 if jobs is None else jobs.most_bytes
    routers = [
        router,
        list_routes.router,
        probes.router,
        problem_router,
        page_router(settings, most_bytes, people, has_model=parts.model is not None, tiles=parts.tiles),
    ]
    if parts.feedback is not None:
        routers.append(feedback_routes.router)
    if parts.model is not None:
        routers += _about_models(app, parts, parts.model)
    if jobs is not None:
        routers += [job_routes.router, review_routes.router]
        app.state.jobs, app.state.reviews = jobs, Reviews(jobs)
        metrics.show("jobs_waiting", "Jobs that wait for their turn", lambda: jobs.count(JobState.QUEUED))
        metrics.show("jobs_running", "Jobs that are worked on", lambda: jobs.count(JobState.RUNNING))
    for one in routers:
        app.include_router(one)
    app.state.routes = [route for one in routers for route in one.routes]


def _about_models(app: FastAPI, parts: ServiceParts, model: ModelPlaces) -> list[APIRouter]:
    """Give the routes about the models what they need, and return those that there are."""
    runs, jobs = parts.runs, parts.jobs
    app.state.model_places, app.state.model_runs = model, runs
    app.state.reporting, app.state.promoting = asyncio.Lock(), asyncio.Lock()
    offered = {"monitor": model.facts, "labels": jobs, "runs": runs, "follows": parts.reloader}
    app.state.model_offers = [name for name, needed in offered.items() if needed is not None]
    routers = [model_routes.router, act_routes.router]
    if jobs is not None:
        app.state.sample_reviews = SampleReviews(model.labels)
        routers += [label_routes.router, sample_routes.router]
    return routers + ([] if runs is None else [run_routes.router])


@asynccontextmanager
async def _serving(
    app: FastAPI,
    service: MatchingService,
    check: probes.ReadinessCheck,
    beside: Sequence["_Task"],
) -> AsyncIterator[None]:
    """Run the service, and what runs beside it, for as long as the application lives."""
    metrics: ServiceMetrics = app.state.metrics
    metrics.show("queue_work", "Work that waits, in usual addresses", service.waiting_work)
    metrics.show("bulk_requests", "Bulk requests that are worked on or wait", service.bulk.under_way)
    app.state.service, app.state.readiness_check = service, check
    service.start()
    async with AsyncExitStack() as running:
        running.callback(check.close)
        running.push_async_callback(service.stop)
        for each in beside:
            await running.enter_async_context(_running(each))
        yield


def _answer_as_others(
    app: FastAPI, facades: Facades, settings: ServerSettings, parts: ServiceParts
) -> tuple[str, ...]:
    """Add the routes of façades; return how the paths begin that ask for keys in their manner."""
    aims, os_places, most, guard = facades.aims, facades.os_places, settings.candidates, parts.guard
    if aims.prefix:
        app.router.routes.extend(AimsFacade(aims, candidates=most, guard=guard, jobs=parts.jobs).routes())
    if os_places.prefix:
        app.router.routes.extend(OsPlacesFacade(os_places, candidates=most, guard=guard).routes())
    return tuple(f"{prefix}/" for prefix in (aims.prefix, os_places.prefix) if prefix)


def _wrap(app: _Application, settings: ServerSettings, parts: ServiceParts, network: NetworkSettings) -> None:
    """Wrap an application in what bounds it and asks who is there; the last that is added is the outermost."""
    elsewhere = () if parts.facades is None else _answer_as_others(app, parts.facades, settings, parts)
    uploads = "" if parts.jobs is None else UPLOAD
    app.add_middleware(ShortWay, routes=app.state.routes)
    app.add_middleware(PlainUrls, below="/v1/")
    app.add_middleware(UnequivocalBodies, below="/v1/", elsewhere=(uploads, LINES))
    app.add_middleware(BoundedBodies, most=settings.body_bytes, elsewhere=uploads)
    if parts.guard is not None:
        app.asks_for_keys = True
        app.add_middleware(Door, guard=parts.guard, elsewhere=elsewhere)
    _stand_in_network(app, network)


def _stand_in_network(app: FastAPI, network: NetworkSettings) -> None:
    """Wrap an application in what its settings say of browsers and names; refusals at the door are wrapped as well."""
    if network.cors_origins:
        app.add_middleware(
            CrossOrigin,
            allow_origins=network.cors_origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
            expose_headers=["X-Request-ID", "Retry-After", "WWW-Authenticate", "Location"],
        )
    if network.allowed_hosts:
        app.add_middleware(AllowedHosts, hosts=network.allowed_hosts)
    if network.hsts_seconds:
        app.add_middleware(StrictTransport, seconds=network.hsts_seconds)


class _Task(Protocol):
    """What runs beside the requests until it is told to stop."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


@asynccontextmanager
async def _running(task: _Task) -> AsyncIterator[None]:
    """Run a task for as long as the context lasts, and wait for its end; one that fails is logged when it does."""
    running = asyncio.create_task(_logged(task))
    try:
        yield
    finally:
        task.stop()
        await running


async def _logged(task: _Task) -> None:
    try:
        await task.run()
    except Exception as error:  # noqa: BLE001 - the outermost handler of a task that is awaited at the end alone
        _log.error(
            "%s has ended, unexpected %s in %s", type(task).__name__, type(error).__name__, place_of(error)
        )
