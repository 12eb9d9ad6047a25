"""Put a service together by the options of `serve`, and run it: of one index, or of what is promoted."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.candidates import ServedIndex, canary_of, shadow_of
from address_match.service.cli.options.facades import facades_of
from address_match.service.cli.options.index import ELASTIC, EMBEDDED, chosen_index
from address_match.service.cli.options.jobs import jobs_of, options_of
from address_match.service.cli.options.keys import access_of
from address_match.service.cli.options.models import chosen_bundle, registry_of
from address_match.service.cli.options.policy import policy_of
from address_match.service.cli.options.record import fact_store_of, feedback_of, recorder_of, text_keeper_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.models.registry import Deployment, Registry
    from address_match.service.access.guard import Guard
    from address_match.service.http.deployments.deployment import ActiveDeployment
    from address_match.service.http.deployments.reloader import DeploymentReloader
    from address_match.service.http.processes.worker import WorkerPlace
    from address_match.service.http.recorders import Recorders
    from address_match.service.http.service_parts import ServiceParts
    from address_match.service.lifecycle.model_places import ModelPlaces
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.settings.server_settings import ServerSettings


def run_service(
    arguments: argparse.Namespace, settings: "ServerSettings", place: "WorkerPlace | None" = None
) -> int:
    """Serve until told to stop, as one of several workers where it has a place among them; return the exit code."""
    parts = _fixed_parts(arguments, settings)
    if arguments.index is None and arguments.engine == EMBEDDED:
        return _serve_promoted(arguments, settings, parts, place)
    return _serve_index(arguments, settings, parts, place)


def guard_of(arguments: argparse.Namespace, settings: "ServerSettings") -> "Guard | None":
    """Return what lets requests in by keys and sessions, None where whoever asks is answered.

    Raises UsageError where a network can reach the service and nothing guards it.
    """
    from address_match.service.access.open_guard import open_guard
    from address_match.service.settings.access_settings import OidcSettings

    return open_guard(access_of(arguments), settings.host, OidcSettings())


def _fixed_parts(arguments: argparse.Namespace, settings: "ServerSettings") -> "ServiceParts":
    """Return the parts that do not depend on what is served."""
    from address_match.service.http.service_parts import ServiceParts
    from address_match.service.settings.server_settings import MapSettings

    return ServiceParts(
        guard=guard_of(arguments, settings),
        facades=facades_of(arguments),
        feedback=feedback_of(arguments),
        model=_model_places(arguments),
        tiles=MapSettings(),
    )


def _model_places(arguments: argparse.Namespace) -> "ModelPlaces":
    """Return where a service finds what is known of its models."""
    from address_match.service.lifecycle.labels.store import LabelStore
    from address_match.service.lifecycle.model_places import ModelPlaces
    from address_match.service.settings.lifecycle_settings import LabelSettings, ModelSettings

    settings, labels = ModelSettings(), LabelStore(LabelSettings().labels)
    registry, facts = registry_of(arguments), fact_store_of(arguments)
    return ModelPlaces(registry, facts, labels, settings.reference, settings.queries)


def _serve_index(
    arguments: argparse.Namespace,
    settings: "ServerSettings",
    parts: "ServiceParts",
    place: "WorkerPlace | None",
) -> int:
    """Serve the index that is named."""
    from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
    from address_match.service.http.server import run_server
    from address_match.service.wiring import open_deployment

    index, bundle = chosen_index(arguments, online=True), chosen_bundle(arguments)
    policy, seconds = policy_of(arguments), settings.promotion_seconds
    opened = open_deployment(index, bundle, device=arguments.device, policy=policy)
    active = ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline, opened.reference))
    served = ServedIndex.fixed(index)
    parts = replace(
        parts,
        jobs=jobs_of(arguments, lambda: _options_of_index(arguments, bundle)),
        canary=canary_of(arguments, served, policy, seconds),
    )
    return run_server(active, settings, parts, _recorders_of(arguments, served, policy, seconds), place)


def _serve_promoted(
    arguments: argparse.Namespace,
    settings: "ServerSettings",
    parts: "ServiceParts",
    place: "WorkerPlace | None",
) -> int:
    """Serve the deployment that was promoted last, and follow later promotions."""
    from address_match.service.http.server import run_server
    from address_match.service.lifecycle.promotion import index_of

    if arguments.bundle is not None:
        raise UsageError(
            "--bundle goes with --index; a promoted deployment has its own: address-match model promote BUNDLE INDEX"
        )
    registry, policy, seconds = registry_of(arguments), policy_of(arguments), settings.promotion_seconds
    active, reloader = _followed_promotions(registry, policy, arguments.device, seconds)

    def served(*, online: bool = False) -> ServedIndex:
        return ServedIndex(
            lambda: index_of(active.now().record, online=online), lambda: _place_of(active.now().record)
        )

    parts = replace(
        parts,
        reloader=reloader,
        jobs=jobs_of(
            arguments, lambda: _options_of_deployment(active.now().record, registry, arguments.device)
        ),
        canary=canary_of(arguments, served(online=True), policy, seconds),
    )
    return run_server(active, settings, parts, _recorders_of(arguments, served(), policy, seconds), place)


def _followed_promotions(
    registry: "Registry", policy: "DecisionPolicy", device: str, seconds: float
) -> "tuple[ActiveDeployment, DeploymentReloader]":
    """Open the deployment that was promoted last; return it with what puts the next one in its place."""
    from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
    from address_match.service.http.deployments.reloader import DeploymentReloader
    from address_match.service.lifecycle.promotion import open_promoted

    def open_it() -> LeasedDeployment:
        opened = open_promoted(registry, policy, device=device)
        return LeasedDeployment(opened.deployment, opened.pipeline, opened.reference)

    signature = registry.promotions.signature
    known = signature()  # of before it is opened: what is promoted meanwhile is then seen
    active = ActiveDeployment(open_it())
    return active, DeploymentReloader(active, signature, open_it, known=known, seconds=seconds)


def _recorders_of(
    arguments: argparse.Namespace, index: ServedIndex, policy: "DecisionPolicy", seconds: float
) -> "Recorders":
    from address_match.service.http.recorders import Recorders

    shadow = shadow_of(arguments, index, policy, seconds)
    return Recorders(recorder_of(arguments), shadow, text_keeper_of(arguments))


def _options_of_index(arguments: argparse.Namespace, bundle: Path | None) -> list[str]:
    """Return the options of `match` that name the one index that is served, and its models."""
    named = ("engine", "index", "url", "alias", "device")
    return options_of({**{name: getattr(arguments, name) for name in named}, "bundle": bundle})


def _options_of_deployment(deployment: "Deployment", registry: "Registry", device: str) -> list[str]:
    """Return the options of `match` that name the index of a deployment, and its models."""
    index = (
        {"engine": ELASTIC, "url": deployment.url, "alias": deployment.alias}
        if deployment.alias
        else {"index": deployment.index}
    )
    bundle = str(registry.directory(deployment.bundle))
    return options_of({**index, "bundle": bundle, "device": device})


def _place_of(deployment: "Deployment") -> object:
    return deployment.index, deployment.alias, deployment.generation
