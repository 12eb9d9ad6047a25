"""Runs the application: one process on a socket, or several that share it."""

import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from ssl import SSLContext
from typing import TYPE_CHECKING

from fastapi import FastAPI

from address_match.cycle_search import search_once
from address_match.service.errors import RunFailedError
from address_match.service.http.announcements import (
    say,
    say_what,
    say_where,
    url_of,
    warn_of_certificate,
    warn_of_unknown_variables,
)
from address_match.service.http.app import create_app
from address_match.service.http.connections.bounded_server import BoundedServer, listen
from address_match.service.http.connections.connection_bounds import ConnectionBounds
from address_match.service.http.connections.connection_room import ConnectionRoom
from address_match.service.http.connections.open_files import most_connections
from address_match.service.http.connections.tls import tls_context
from address_match.service.http.deployments.deployment import ActiveDeployment
from address_match.service.http.probes import (
    Shown,
    Watch,
    answering_probes,
    readiness_now,
    readiness_of,
)
from address_match.service.http.processes.early_end import ended_well_by_signals
from address_match.service.http.processes.watched_workers import WorkersMetrics, WorkersReadiness
from address_match.service.http.processes.worker import Asked, WorkerPlace
from address_match.service.http.processes.workers import Work, Workers
from address_match.service.http.recorders import Recorders
from address_match.service.http.service_parts import ServiceParts
from address_match.service.http.watching.log_lines import log_to
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.lifecycle.model_runs.model_runs import ModelRuns
from address_match.service.lifecycle.model_runs.model_work import CommandModelWork
from address_match.service.settings.job_settings import JobSettings
from address_match.service.settings.server_settings import LogSettings, NetworkSettings, ServerSettings
from address_match.service.signals_to_end import signals_to_end_taken_by

if TYPE_CHECKING:
    from address_match.service.http.answering.matching_service import MatchingService

SWITCH_SECONDS = 0.0001
"""How long a thread that matches may keep the interpreter from the event loop. The loop gives it away at each read and write, and
may wait as long to get it back: at Python's 5 ms that costs more than a refusal does, and of 100 probes under five times the load 99
took 834 ms instead of 223 (271 at 1 ms)."""


def run_server(
    active: ActiveDeployment,
    settings: ServerSettings,
    parts: ServiceParts,
    recorders: Recorders,
    place: WorkerPlace | None = None,
) -> int:
    """Serve until SIGINT, SIGTERM or SIGHUP, then finish open requests and close the active deployment; return an exit code.

    At the `place` of a worker it serves a socket that others may serve too; where there are others, models are retrained and compared
    elsewhere.
    """
    log = LogSettings()
    log_to(sys.stderr, log)
    network = NetworkSettings()
    tls = tls_context(network)
    sys.setswitchinterval(SWITCH_SECONDS)
    metrics = ServiceMetrics()
    if parts.model is not None and settings.workers == 1:
        parts = replace(parts, runs=ModelRuns(parts.model.registry, CommandModelWork(parts.model)))
    with ExitStack() as beside:
        listening = beside.enter_context(
            listen(settings.host, settings.port) if place is None else place.listening
        )
        if place is None:
            warn_of_unknown_variables()
            warn_of_certificate(network)
            say_where(listening, tls, log)
            say_what(readiness_of(active.now(), active), log)
        else:
            parts = replace(parts, heartbeat=place.heartbeat)
        early_end = beside.enter_context(ended_well_by_signals())
        recorders.begin(beside, metrics)
        active.candidates = tuple(one.standing for one in (recorders.shadow, parts.canary) if one is not None)
        app = create_app(active, settings, recorders.told_by(parts), metrics=metrics, network=network)
        server = make_server(
            app,
            settings,
            listening,
            tls=tls,
            trusted_proxies=network.trusted_proxies,
            make_room=ConnectionRoom if place is None else place.room,
        )
        if place is not None:
            beside.enter_context(place.replying(_replies(server, active, metrics)))
        search_once()
        early_end.hand_to(server)
        server.run()
    if not server.started:
        raise RunFailedError("the service could not start; its log says why")
    return 0


def run_workers(work: Work, settings: ServerSettings) -> int:
    """Have workers serve until SIGINT, SIGTERM or SIGHUP; return an exit code.

    Each serves by `work`, at its place. Probes, which need no key, and metrics of all of them are answered here.
    """
    log = LogSettings()
    log_to(sys.stderr, log)
    warn_of_unknown_variables()
    network = NetworkSettings()
    tls = tls_context(network)
    warn_of_certificate(network)
    with listen(settings.host, settings.port) as listening, ExitStack() as beside:
        workers = Workers(work, listening, settings.workers)
        _begin_probes(beside, settings, WorkersReadiness(workers), WorkersMetrics(workers), log)
        beside.callback(workers.close)
        beside.enter_context(signals_to_end_taken_by(lambda *_: workers.end()))
        if code := workers.start():
            return code
        say_where(listening, tls, log)
        for ready in list(workers.replies(Asked.READINESS).values())[:1]:
            say_what(ready, log)
        workers.watch()
    return 0


def _replies(
    server: BoundedServer, active: ActiveDeployment, metrics: ServiceMetrics
) -> dict[Asked, Callable[[], object]]:
    """Return what a worker replies to what it is asked."""
    return {
        Asked.STARTED: lambda: server.started,
        Asked.READINESS: lambda: readiness_now(active) if server.started else None,
        Asked.METRICS: metrics.families,
    }


def _begin_probes(
    beside: ExitStack, settings: ServerSettings, watch: Watch, metrics: Shown, log: LogSettings
) -> None:
    """Answer probes on their own port until `beside` ends, where one is set."""
    if settings.probe_port is None:
        return
    probing = beside.enter_context(listen(settings.host, settings.probe_port))
    say(f"probes are answered at {url_of(probing)}", log)
    beside.enter_context(answering_probes(watch, metrics, probing))


def make_server(
    app: FastAPI,
    settings: ServerSettings,
    listening: socket.socket,
    *,
    tls: SSLContext | None = None,
    trusted_proxies: Sequence[str] = (),
    make_room: Callable[[int], ConnectionRoom] = ConnectionRoom,
) -> BoundedServer:
    """Return what serves the application on a listening socket, within the bounds of the settings; `make_room` makes room for so many
    connections.
    """

    def is_full(client: str, coming: int) -> bool:
        service: MatchingService = app.state.service
        return service.is_full(client, coming)

    metrics: ServiceMetrics = app.state.metrics
    bounds = connection_bounds(settings)
    server = BoundedServer(
        app,
        bounds,
        listening,
        is_full,
        metrics.count_unread,
        tls=tls,
        trusted_proxies=trusted_proxies,
        room=make_room(bounds.connections),
    )
    metrics.show("connections", "Open connections", server.open_connections)
    metrics.show("connections_bound", "Connections that may be open", lambda: bounds.connections)
    metrics.show("queue_bound", "Work that may wait, in usual addresses", lambda: settings.waiting)
    return server


def connection_bounds(settings: ServerSettings) -> ConnectionBounds:
    """Return the bounds of the settings; they leave files for the index, the log and probes."""
    return ConnectionBounds(
        connections=min(settings.connections, most_connections()),
        requests=settings.waiting + settings.threads * settings.gathered + settings.bulk_requests,
        refusals=settings.refusals,
        line_bytes=settings.line_bytes,
        head_bytes=settings.head_bytes,
        head_seconds=settings.head_seconds,
        body_seconds=settings.body_seconds,
        upload_seconds=JobSettings().job_upload_seconds,
        idle_seconds=settings.idle_seconds,
    )
