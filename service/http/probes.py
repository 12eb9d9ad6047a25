"""Whether the service lives and is ready, asked beside the other routes or on a port of its own.

There another process answers than those that serve: a probe waits neither for connections, nor for the event loop of the requests, nor
for the interpreter that matches, however much is asked; and a loop that goes round no more is seen.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from socket import socket
from threading import Thread
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.connections.bounded_server import BoundedServer
from address_match.service.http.connections.connection_bounds import ConnectionBounds
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.entrance.guards import Outermost
from address_match.service.http.errors import HangsError
from address_match.service.http.problems.described_problems import describe
from address_match.service.http.problems.problem_response import register_problems
from address_match.service.http.readiness import Health, Readiness, ServedCandidate, ServedModels
from address_match.service.http.watching.traces import NO_TELEMETRY

BOUNDS = ConnectionBounds(
    connections=32,
    requests=32,
    refusals=32,
    line_bytes=1_000,
    head_bytes=8_000,
    head_seconds=2.0,
    body_seconds=2.0,
    upload_seconds=2.0,
    idle_seconds=5,
)
"""Of the port of the probes: nothing on it is large, and who is slow makes room for the next."""


class Ready(Protocol):
    """Knows whether a service can answer."""

    async def readiness(self) -> Readiness:
        """Say what it answers with; raises EngineUnavailableError where it cannot, and NotReadyError while it opens or ends."""
        ...


class Watch(Ready, Protocol):
    """Knows it from outside, of a service in other processes."""

    def lives(self) -> bool:
        """Return whether its requests get on."""
        ...


class Shown(Protocol):
    """Metrics that can be shown."""

    def text(self) -> bytes:
        """Return them as Prometheus reads them; any thread may ask."""
        ...


class ReadinessCheck:
    """Asks the engine of the active deployment whether it can answer, in a thread of its own: it waits for no address."""

    def __init__(self, active: ActiveDeployment) -> None:
        self._active = active
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="probe")
        self._ping: asyncio.Future[None] | None = None
        self._pinged: LeasedDeployment | None = None

    def close(self) -> None:
        """Wait for the last ping."""
        self._executor.shutdown()

    async def readiness(self) -> Readiness:
        """Return what the active deployment answers with, and why another that was promoted is not active.

        Raises `EngineUnavailableError` unless the engine can answer. Those who ask at the same time share one ping.
        """
        with self._active.lease() as deployment:
            if self._ping is None or self._ping.done() or self._pinged is not deployment:
                self._pinged = deployment
                loop = asyncio.get_running_loop()
                self._ping = loop.run_in_executor(self._executor, _ping, deployment)
            await asyncio.shield(self._ping)
            return readiness_of(deployment, self._active)


def readiness_of(deployment: LeasedDeployment, active: ActiveDeployment) -> Readiness:
    """Say what a deployment, whose engine answers, answers with, who else answers, and what is amiss with either."""
    standings = [standing() for standing in active.candidates]
    troubles = {"promotion": active.trouble} | {one.role: one.trouble for one in standings}
    return Readiness(
        status="ready",
        checks={"index": "ok"} | {name: trouble for name, trouble in troubles.items() if trouble},
        serving=ServedModels.of(deployment.record),
        reference=deployment.reference,
        epoch=active.epoch,
        candidates={one.role: ServedCandidate.of(one) for one in standings},
    )


def readiness_now(active: ActiveDeployment) -> Readiness | None:
    """Return what the active deployment answers with, None where its engine cannot answer."""
    try:
        with active.lease() as deployment:
            _ping(deployment)
            return readiness_of(deployment, active)
    except EngineUnavailableError:
        return None


def _ping(deployment: LeasedDeployment) -> None:
    """Ping by a lease of its own: who asked may have gone before the engine answers."""
    with deployment.lease() as pipeline:
        pipeline.retriever.ping()


async def _check(request: Request) -> Ready:
    check: Ready = request.app.state.readiness_check
    return check


router = APIRouter(tags=["health"])


ALIVE = Health(status="ok")


@router.get("/healthz", summary="Whether the service runs")
async def health() -> Health:
    """Answer as long as the process lives."""
    return ALIVE


@router.get("/readyz", summary="Whether the service can answer", responses=describe(EngineUnavailableError))
async def readiness(check: Annotated[Ready, Depends(_check)]) -> Readiness:
    """Ask everything that the service depends on whether it answers, and say what it answers with."""
    return await check.readiness()


_port_router = APIRouter()
_port_router.add_api_route("/readyz", readiness)


@_port_router.get("/healthz")
async def _lives(request: Request) -> Health:
    watch: Watch = request.app.state.readiness_check
    if not watch.lives():
        raise HangsError("no event loop of the service goes round; begin it anew")
    return ALIVE


@_port_router.get("/metrics")
def _metrics(request: Request) -> Response:  # in a thread: workers may have to be asked
    metrics: Shown = request.app.state.metrics
    return Response(metrics.text(), headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})


@contextmanager
def answering_probes(watch: Watch, metrics: Shown, listening: socket) -> Iterator[None]:
    """Answer probes, and give the metrics, on a listening socket, in a thread of its own, for as long as the context lasts."""
    server = BoundedServer(_probe_app(watch, metrics), BOUNDS, listening)
    thread = Thread(target=server.run, name="probes", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _probe_app(watch: Watch, metrics: Shown) -> FastAPI:
    app = FastAPI(openapi_url=None, telemetry=NO_TELEMETRY)
    app.include_router(_port_router)
    app.state.readiness_check = watch
    app.state.metrics = metrics
    app.state.routes = _port_router.routes
    register_problems(app)
    app.add_middleware(Outermost)
    return app
