"""Which candidates answer beside a service, or in its place for some data sets, and from which index."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.models.errors import RegistryError
from address_match.service.cli.options.argument_types import names
from address_match.service.cli.options.command import Options
from address_match.service.cli.options.models import registry_of
from address_match.service.cli.options.record import JOB_CHANNEL, recorder_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.models.registry import Registry
    from address_match.service.http.deployments.canary import Canary
    from address_match.service.http.deployments.deployment import LeasedDeployment
    from address_match.service.lifecycle.shadow.candidate import Candidate
    from address_match.service.lifecycle.shadow.shadow import Shadow
    from address_match.service.matching.policy import DecisionPolicy


def add_candidates(options: Options) -> None:
    """Add the candidate that answers beside, and the one that answers for some data sets."""
    a_bundle = "a name or an @ALIAS of the registry, or a folder (none)"
    options.add_argument(
        "--shadow",
        metavar="NAME|DIR",
        help=f"bundle that answers the same requests beside, for its facts alone: {a_bundle}",
    )
    options.add_argument(
        "--canary",
        metavar="NAME|DIR",
        help=f"bundle that answers the requests of some data sets in place of the one in service: {a_bundle}",
    )
    options.add_argument(
        "--canary-datasets",
        type=names,
        metavar="NAME,…",
        help="data sets that --canary answers, as requests name them in `dataset`",
    )
    for option in ("shadow", "canary"):
        options.add_argument(
            f"--{option}-index",
            type=Path,
            metavar="DIR",
            help=f"index for --{option} where its parser or encoder is another (the one that is served)",
        )


@dataclass(frozen=True, slots=True)
class ServedIndex:
    """The index that is served now, which a promotion may change."""

    find: "Callable[[], Path | ElasticIndex]"
    signature: "Callable[[], object]"
    """Returns what is another after each promotion."""

    @classmethod
    def fixed(cls, index: "Path | ElasticIndex") -> "ServedIndex":
        """Return one that stays."""
        return cls(lambda: index, lambda: None)


@dataclass(frozen=True, slots=True)
class NamedCandidate:
    """A bundle as it was named, which another follows when it is an alias that is moved, and its index, when one is promoted."""

    registry: "Registry"
    named: str
    index: ServedIndex
    device: str
    policy: "DecisionPolicy"

    def signature(self) -> object:
        """Return what is another when another bundle or index is meant."""
        try:
            return self.registry.directory(self.named), self.index.signature()
        except RegistryError as error:  # which is raised, and said, where the candidate is looked for
            return str(error)

    def find(self) -> "Candidate":
        """Return the bundle that is meant, once it was opened; raises as opening it does."""
        from address_match.models.bundle import read_bundle
        from address_match.service.lifecycle.shadow.candidate import Candidate
        from address_match.service.wiring import pipeline_opener

        directory = self.registry.directory(self.named)
        opener = pipeline_opener(self.index.find(), directory, device=self.device, policy=self.policy)
        opener().close()
        bundle = read_bundle(directory)
        return Candidate(bundle.name, bundle.fingerprint, opener)

    def open(self) -> "LeasedDeployment":
        """Open the bundle that is meant in this process; raises as `open_deployment` does."""
        from address_match.service.http.deployments.deployment import LeasedDeployment
        from address_match.service.wiring import open_deployment

        directory = self.registry.directory(self.named)
        opened = open_deployment(self.index.find(), directory, device=self.device, policy=self.policy)
        return LeasedDeployment(opened.deployment, opened.pipeline, opened.reference)


def shadow_of(
    arguments: argparse.Namespace, served: ServedIndex, policy: "DecisionPolicy", seconds: float
) -> "Shadow | None":
    """Return what answers beside, None where nothing does; raises as opening it does, so that a service does not start in vain.

    So often it is looked whether another candidate is meant.
    """
    from address_match.service.facts.store import SHADOW
    from address_match.service.lifecycle.shadow.shadow import Shadow

    if arguments.shadow is None:
        _refuse_alone(arguments, "shadow_index", "--shadow")
        return None
    recorder = recorder_of(arguments, SHADOW)
    if recorder is None:
        raise UsageError("--shadow is for the facts of it, and --no-record keeps none: leave one of them out")
    return Shadow(_named(arguments, "shadow", served, policy), recorder, seconds=seconds)


def canary_of(
    arguments: argparse.Namespace, served: ServedIndex, policy: "DecisionPolicy", seconds: float
) -> "Canary | None":
    """Return what answers for some data sets, None where the bundle in service answers all; raises as opening it does.

    So often it is looked whether another candidate is meant.
    """
    from address_match.service.facts.store import channel_name
    from address_match.service.http.answering.answer_record import BULK, SINGLE
    from address_match.service.http.deployments.canary import NOT_OPENED, Canary
    from address_match.service.http.deployments.deployment import ActiveDeployment
    from address_match.service.http.deployments.reloader import DeploymentReloader

    if arguments.canary is None:
        for option in ("canary_datasets", "canary_index"):
            _refuse_alone(arguments, option, "--canary")
        return None
    if not arguments.canary_datasets:
        raise UsageError("--canary answers for the data sets that --canary-datasets NAME,… names; name one")
    datasets = frozenset(map(channel_name, arguments.canary_datasets))
    if taken := sorted(datasets & {SINGLE, BULK, JOB_CHANNEL}):
        raise UsageError(f"{taken[0]!r} is the channel of all other answers; give the data set another name")
    candidate = _named(arguments, "canary", served, policy)
    known = candidate.signature()
    active = ActiveDeployment(candidate.open())
    reloader = DeploymentReloader(
        active,
        candidate.signature,
        candidate.open,
        known=known,
        seconds=seconds,
        role="canary",
        not_opened=NOT_OPENED,
    )
    return Canary(active, datasets, reloader)


def _named(
    arguments: argparse.Namespace, role: str, served: ServedIndex, policy: "DecisionPolicy"
) -> NamedCandidate:
    """Return the candidate that an option names, with the index that it has of its own or the one that is served."""
    own: Path | None = getattr(arguments, f"{role}_index")
    index = served if own is None else ServedIndex.fixed(own)
    return NamedCandidate(registry_of(arguments), getattr(arguments, role), index, arguments.device, policy)


def _refuse_alone(arguments: argparse.Namespace, option: str, of: str) -> None:
    if getattr(arguments, option) is not None:
        raise UsageError(f"--{option.replace('_', '-')} is of the bundle that {of} names")
