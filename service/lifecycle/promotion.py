"""The deployment that is served: promoted after it was opened once, and opened again by the service."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.models.devices import CPU
from address_match.models.errors import BundleError, RegistryError
from address_match.models.registry import Deployment, Event, Registry
from address_match.service.errors import DecisionError, GateError, SignatureError
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import Act, canonical
from address_match.service.lifecycle.audit.chain import AuditCheck, check
from address_match.service.lifecycle.comparison.gates import gates_of
from address_match.service.lifecycle.comparison.receipt import read_receipt
from address_match.service.lifecycle.decisions.decision_log import DecisionLog
from address_match.service.lifecycle.decisions.promotion_rules import PROMOTION_FILE, promotion_rules
from address_match.service.lifecycle.transfer.trusted_keys import TRUSTED_KEYS_FILE, trusted_keys
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.settings.matching_settings import ElasticSettings
from address_match.service.wiring import OpenedDeployment, open_deployment

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex


def promote(
    registry: Registry,
    bundle: str | Path,
    index: "Path | ElasticIndex",
    *,
    override: str = "",
    by: str = "",
    decision: str = "",
) -> Deployment:
    """Promote a bundle and an index, once they have been opened together and the bundle has passed the registry's
    gates.

    Raises `GateError` where it has not, unless `override` says why it is promoted all the same. The audit of the
    registry says that `by` did it, or whoever runs this. Raises `DecisionError` where the decision that is named does
    not permit it, or the registry asks for one and none is named. Raises `IndexMismatchError` with the command to build
    the index anew when they do not belong together, and the other errors of
    `address_match.service.wiring.open_deployment`; the deployment before then stays promoted.
    """
    _permit(registry, decision, by)
    directory = registry.directory(bundle)
    _refuse_beside(registry, directory)
    opened = open_deployment(index, directory)
    opened.pipeline.close()
    deployment = _named(opened.deployment, registry.reference_to(directory), index)
    failures = failed_gates(registry, deployment)
    if failures and not override:
        raise GateError(
            f"{deployment.bundle} does not pass the gates of {registry.folder}:\n  "
            + "\n  ".join(failures)
            + "\nPromote another, or say why this one: --override REASON"
        )
    registry.promotions.promote(
        deployment,
        override=override if failures else "",
        witness=partial(_enter_promotion, registry, by=by, decision=decision, failures=failures),
    )
    return deployment


def failed_gates(registry: Registry, deployment: Deployment) -> tuple[str, ...]:
    """Return which gates of the registry the bundle of a deployment does not pass beside the one in force, a sentence
    each.
    """
    gates, champion = gates_of(registry.folder), registry.promotions.in_force()
    if gates is None or champion is None or champion.bundle_fingerprint == deployment.bundle_fingerprint:
        return ()
    receipt = read_receipt(registry.folder, champion.bundle_fingerprint, deployment.bundle_fingerprint)
    if receipt is None:
        command = f"address-match model compare {champion.bundle} {deployment.bundle} --queries FILE"
        return (f"it was not compared with the one in force: {command}",)
    return gates.failures(receipt.comparison)


def roll_back(registry: Registry, *, by: str = "", reason: str = "") -> Deployment:
    """Promote the deployment before again, once it has been opened; raises as `promote` does, and `RegistryError` where it
    is what is in force: its index was replaced in its place.
    """
    before, present = registry.promotions.before(), registry.promotions.in_force()
    opened = _open(registry, before, index_of(before))
    opened.pipeline.close()
    if opened.deployment == present and before != present:
        raise RegistryError(_replaced_in_place(before, opened.deployment))
    return registry.promotions.roll_back(
        opened.deployment.generation, witness=lambda event: _enter(registry, event, by, reason=reason)
    )


def _replaced_in_place(before: Deployment, opened: Deployment) -> str:
    """Say that the index of the deployment before holds what is served now, and how to go back all the same."""
    command = (
        f"address-match es rollback --url URL --alias {before.alias}"
        if before.alias
        else f"address-match index rollback {before.index}"
    )
    return (
        f"the deployment before is of generation {before.generation} of the index {before.index}, where {opened.generation} stands by now, "
        f"which is what is in force: put that back first, {command}, and roll back then"
    )


def verify_audit(registry: Registry, noted: str = "") -> AuditCheck:
    """Look through the audit of a registry as `check` does, and at whether what is in force is what was promoted last
    by it.
    """
    found = check(Audit(registry.folder), noted)
    return replace(found, problem=found.problem or unaudited(registry))


def unaudited(registry: Registry) -> str:
    """Say that something else is in force than was promoted last by the audit; empty where that is so, or the audit is
    younger.
    """
    entered = [row for row in Audit(registry.folder).rows() if row.act in {Act.PROMOTE, Act.ROLLBACK}]
    if not entered:
        return ""
    in_force = registry.promotions.in_force()
    if in_force is not None and canonical({"deployment": in_force.as_object()})[1:-1] in entered[-1].details:
        return ""
    return (
        f"what is in force is not what row {entered[-1].sequence} put in force: promotions.json was changed otherwise than by "
        "`model promote` and `model rollback`, or one of these was broken off"
    )


def _permit(registry: Registry, decision: str, by: str) -> None:
    if decision:
        DecisionLog(registry.folder).permit(decision, by=by)
    elif promotion_rules(registry.folder).needs_decision:
        raise DecisionError(
            f"{registry.folder} asks for a decision before anything is promoted ({PROMOTION_FILE}): propose one, address-match decide "
            "propose FILE, have another person approve it, and name it here, --decision ID"
        )


def _refuse_beside(registry: Registry, directory: Path) -> None:
    """Raise `SignatureError` for a folder beside the registry, which nobody has verified, where it trusts certain keys
    alone.
    """
    name = registry.reference_to(directory)
    if name not in registry.names() and trusted_keys(registry.folder) is not None:
        raise SignatureError(
            f"{name} is not in {registry.folder}, which asks for signatures ({TRUSTED_KEYS_FILE}): take it in first, address-match model "
            "import FILE.tar"
        )


def _enter_promotion(
    registry: Registry, event: Event, *, by: str, decision: str, failures: tuple[str, ...]
) -> None:
    """Enter a promotion, unless its decision was carried out by another one meanwhile."""
    _permit(registry, decision, by)
    _enter(registry, event, by, decision=decision.upper(), failures=failures)


def _enter(registry: Registry, event: Event, by: str, **more: object) -> None:
    """Enter an event into the audit of a registry, with what else is to be known of it."""
    details = {"deployment": event.deployment.as_object(), "override": event.override, **more}
    said = {name: value for name, value in details.items() if value}
    Audit(registry.folder).append(Act(event.act), event.deployment.bundle, said, by=by)


def open_promoted(
    registry: Registry, policy: DecisionPolicy | None = None, *, device: str = CPU
) -> OpenedDeployment:
    """Open the promoted deployment on a device; the caller closes it.

    Raises `RegistryError` when there is none, else as `promote` does.
    """
    deployment = registry.promotions.in_force()
    if deployment is None:
        raise RegistryError(
            f"no deployment is promoted in {registry.folder}: name a bundle and an index, address-match model promote BUNDLE INDEX, "
            "or serve one index with --index DIR"
        )
    return _open(registry, deployment, index_of(deployment, online=True), policy, device)


def index_of(deployment: Deployment, *, online: bool = False) -> "Path | ElasticIndex":
    """Return the index of a deployment; `online` is for whoever answers people, who do not wait for a cluster.

    The credentials for a cluster, and its cloud id, are those of the environment.
    """
    if not deployment.alias:
        return Path(deployment.index)
    from address_match.indexer.elastic.connection.retrying_client import BULK, ONLINE
    from address_match.indexer.elastic.elastic_index import ElasticIndex

    return ElasticIndex(
        ElasticSettings().cluster(deployment.url), deployment.alias, ONLINE if online else BULK
    )


def _named(deployment: Deployment, bundle: str, index: "Path | ElasticIndex") -> Deployment:
    """Name the bundle of a deployment, and its index, as they are found again."""
    if isinstance(index, Path):
        return replace(deployment, bundle=bundle)
    return replace(deployment, bundle=bundle, alias=index.alias, url=index.cluster.url)


def _open(
    registry: Registry,
    deployment: Deployment,
    index: "Path | ElasticIndex",
    policy: DecisionPolicy | None = None,
    device: str = CPU,
) -> OpenedDeployment:
    directory = registry.directory(deployment.bundle)
    opened = open_deployment(index, directory, device=device, policy=policy)
    if opened.deployment.bundle_fingerprint != deployment.bundle_fingerprint:
        opened.pipeline.close()
        raise BundleError(
            f"{directory} is another bundle ({opened.deployment.bundle_fingerprint[:12]}…) than the one that was promoted "
            f"({deployment.bundle_fingerprint[:12]}…): promote it again if it is meant, address-match model promote "
            f"{deployment.bundle} {deployment.index}"
        )
    return replace(opened, deployment=_named(opened.deployment, deployment.bundle, index))
