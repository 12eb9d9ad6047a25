import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import positive
from address_match.service.cli.options.candidates import ServedIndex, add_candidates, canary_of, shadow_of
from address_match.service.cli.options.command import Commands, Options, add_command
from address_match.service.cli.options.facades import add_facades, facades_of
from address_match.service.cli.options.index import ELASTIC, EMBEDDED, add_engine, chosen_index
from address_match.service.cli.options.jobs import add_jobs, folder_of_jobs, jobs_of, options_of
from address_match.service.cli.options.keys import access_of, add_keys, add_users
from address_match.service.cli.options.models import add_bundle, add_device, chosen_bundle, registry_of
from address_match.service.cli.options.policy import add_policy, policy_of
from address_match.service.cli.options.record import (
    add_kept_texts,
    add_service_record,
    fact_store_of,
    feedback_of,
    recorder_of,
    text_keeper_of,
)
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.models.registry import Deployment
    from address_match.service.access.guard import Guard
    from address_match.service.http.processes.worker import WorkerPlace
    from address_match.service.http.recorders import Recorders
    from address_match.service.http.service_parts import ServiceParts
    from address_match.service.lifecycle.model_places import ModelPlaces
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.settings.server_settings import ServerSettings


def add_serve(commands: Commands) -> None:
    """Add the command that serves an index over HTTP."""
    parser = add_command(commands, "serve", serve)
    _add_served(parser.add_argument_group("what is served"))
    _add_listening(parser.add_argument_group("where it listens"))
    _add_admission(parser.add_argument_group("who may ask"))
    kept = parser.add_argument_group("what is kept of the answers")
    add_service_record(kept)
    add_kept_texts(kept)
    add_candidates(parser.add_argument_group("a candidate that answers beside"))
    add_jobs(parser.add_argument_group("files"))
    add_facades(parser.add_argument_group("routes for clients of other services"))


def _add_served(options: Options) -> None:
    options.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="folder of the index (that of the promoted deployment, and of the next one promoted)",
    )
    add_engine(options)
    add_bundle(options)
    add_device(options)
    add_policy(options, auto=False)


def _add_listening(options: Options) -> None:
    options.add_argument("--host", metavar="HOST", help="address to listen on (127.0.0.1: this machine only)")
    options.add_argument("--port", type=int, metavar="PORT", help="port to listen on (8000)")
    options.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help="processes that serve the port together, over one memory map (1; $ADDRESS_MATCH_WORKERS)",
    )
    options.add_argument(
        "--probe-port",
        type=int,
        metavar="PORT",
        help="port for /healthz, /readyz and /metrics alone, which a process of its own answers (none)",
    )


def _add_admission(options: Options) -> None:
    add_keys(options)
    add_users(options)
    options.add_argument(
        "--open-to-network",
        action="store_true",
        help="answer whoever asks, without a key, where a network can reach the service ($ADDRESS_MATCH_OPEN_TO_NETWORK)",
    )


def serve(arguments: argparse.Namespace) -> int:
    """Serve an index over HTTP; the routes are described at /docs.

    Without --index it serves the deployment that `model promote` named last, and follows when another is promoted.
    Listens on this machine only unless --host says otherwise; then it asks for keys (see `keys add`) and has people sign in to its pages
    (see `users add`), and does not start without either unless --open-to-network says so. With --jobs it takes files as well. Addresses and keys are not logged. Facts of the answers, without addresses, are kept for
    `monitor` unless --no-record says otherwise. With --shadow another bundle answers beside, for `monitor shadow` alone; with --canary one answers for some data sets. With --keep-texts
    some of the addresses are kept, encrypted with the key in $ADDRESS_MATCH_TEXTS_KEY, so that `label draw` can draw from them.
    """
    from address_match.service.http.server import run_workers

    settings = _settings_of(arguments)
    if settings.workers == 1 and settings.probe_port is None:
        return _serve(arguments)
    if settings.workers > 1 and folder_of_jobs(arguments) is not None:
        raise UsageError(
            "jobs belong to one process: serve with --workers 1, or take jobs by another service"
        )
    _guard_of(arguments, settings)  # which refuses once, and not by each worker
    said = {name: value for name, value in vars(arguments).items() if name != "unfinished"}  # a parser
    return run_workers(partial(_serve_as_worker, argparse.Namespace(**said)), settings)


def _serve_as_worker(arguments: argparse.Namespace, place: "WorkerPlace") -> int:
    """Serve in a process of its own, which says by itself why it cannot."""
    from address_match.service.cli.terminal.outcome import outcome

    return outcome(partial(_serve, arguments, place))


def _settings_of(arguments: argparse.Namespace) -> "ServerSettings":
    from address_match.service.settings.server_settings import ServerSettings

    named = ("host", "port", "probe_port", "workers")
    chosen = {name: value for name in named if (value := getattr(arguments, name)) is not None}
    return ServerSettings().model_copy(update=chosen)


def _serve(arguments: argparse.Namespace, place: "WorkerPlace | None" = None) -> int:
    settings = _settings_of(arguments)
    parts = _parts_of(arguments, settings)
    if arguments.index is None and arguments.engine == EMBEDDED:
        return _serve_promoted(arguments, settings, parts, place)
    return _serve_one(arguments, settings, parts, place)


def _parts_of(arguments: argparse.Namespace, settings: "ServerSettings") -> "ServiceParts":
    """Return the parts that do not depend on what is served."""
    from address_match.service.http.service_parts import ServiceParts
    from address_match.service.settings.server_settings import MapSettings

    return ServiceParts(
        guard=_guard_of(arguments, settings),
        facades=facades_of(arguments),
        feedback=feedback_of(arguments),
        model=_model_places(arguments),
        tiles=MapSettings(),
    )


def _recorders_of(
    arguments: argparse.Namespace, index: ServedIndex, policy: "DecisionPolicy", seconds: float
) -> "Recorders":
    from address_match.service.http.recorders import Recorders

    shadow = shadow_of(arguments, index, policy, seconds)
    return Recorders(recorder_of(arguments), shadow, text_keeper_of(arguments))


def _guard_of(arguments: argparse.Namespace, settings: "ServerSettings") -> "Guard | None":
    from address_match.service.access.open_guard import open_guard
    from address_match.service.settings.access_settings import OidcSettings

    return open_guard(access_of(arguments), settings.host, OidcSettings())


def _serve_one(
    arguments: argparse.Namespace,
    settings: "ServerSettings",
    parts: "ServiceParts",
    place: "WorkerPlace | None",
) -> int:
    from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
    from address_match.service.http.server import run_server
    from address_match.service.wiring import open_deployment

    index, bundle, policy = (
        chosen_index(arguments, online=True),
        chosen_bundle(arguments),
        policy_of(arguments),
    )
    served = ServedIndex.fixed(index)
    opened = open_deployment(index, bundle, device=arguments.device, policy=policy)
    active = ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline, opened.reference))
    parts = replace(
        parts,
        jobs=jobs_of(arguments, lambda: _matched_by(arguments, bundle)),
        canary=canary_of(arguments, served, policy, settings.promotion_seconds),
    )
    recorders = _recorders_of(arguments, served, policy, settings.promotion_seconds)
    return run_server(active, settings, parts, recorders, place)


def _serve_promoted(
    arguments: argparse.Namespace,
    settings: "ServerSettings",
    parts: "ServiceParts",
    place: "WorkerPlace | None",
) -> int:
    from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
    from address_match.service.http.deployments.reloader import DeploymentReloader
    from address_match.service.http.server import run_server
    from address_match.service.lifecycle.promotion import index_of, open_promoted

    if arguments.bundle is not None:
        raise UsageError(
            "--bundle goes with --index; a promoted deployment has its own: address-match model promote BUNDLE INDEX"
        )
    registry, policy = registry_of(arguments), policy_of(arguments)

    def open_it() -> LeasedDeployment:
        opened = open_promoted(registry, policy, device=arguments.device)
        return LeasedDeployment(opened.deployment, opened.pipeline, opened.reference)

    signature = registry.promotions.signature
    known = signature()
    active = ActiveDeployment(open_it())
    reloader = DeploymentReloader(active, signature, open_it, known=known, seconds=settings.promotion_seconds)

    def matched_by() -> list[str]:
        record = active.now().record
        bundle = registry.directory(record.bundle)
        named = (
            {"engine": ELASTIC, "url": record.url, "alias": record.alias}
            if record.alias
            else {"index": record.index}
        )
        return options_of({**named, "bundle": str(bundle), "device": arguments.device})

    def served(*, online: bool = False) -> ServedIndex:
        return ServedIndex(
            lambda: index_of(active.now().record, online=online), lambda: _place_of(active.now().record)
        )

    parts = replace(
        parts,
        reloader=reloader,
        jobs=jobs_of(arguments, matched_by),
        canary=canary_of(arguments, served(online=True), policy, settings.promotion_seconds),
    )
    recorders = _recorders_of(arguments, served(), policy, settings.promotion_seconds)
    return run_server(active, settings, parts, recorders, place)


def _place_of(deployment: "Deployment") -> object:
    return deployment.index, deployment.alias, deployment.generation


def _model_places(arguments: argparse.Namespace) -> "ModelPlaces":
    """Return where a service finds what is known of its models."""
    from address_match.service.lifecycle.labels.store import LabelStore
    from address_match.service.lifecycle.model_places import ModelPlaces
    from address_match.service.settings.lifecycle_settings import LabelSettings, ModelSettings

    settings, labels = ModelSettings(), LabelStore(LabelSettings().labels)
    registry, facts = registry_of(arguments), fact_store_of(arguments)
    return ModelPlaces(registry, facts, labels, settings.reference, settings.queries)


def _matched_by(arguments: argparse.Namespace, bundle: Path | None) -> list[str]:
    """Return the arguments of `match` that name the one index that is served, and its models."""
    named = {
        "engine": arguments.engine,
        "index": arguments.index,
        "url": arguments.url,
        "alias": arguments.alias,
        "bundle": bundle,
        "device": arguments.device,
    }
    return options_of(named)
