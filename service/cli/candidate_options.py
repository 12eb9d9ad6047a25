"""Which candidates answer beside a service, or in its place for some data sets, and from which index."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.argument_types import names
from address_match.service.cli.command import CommandParser
from address_match.service.cli.model_options import registry_of
from address_match.service.cli.record_options import JOB_CHANNEL, recorder_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.service.http.canary import Canary
    from address_match.service.lifecycle.shadow.shadow import Shadow
    from address_match.service.matching.policy import DecisionPolicy


def add_candidates(parser: CommandParser) -> None:
    """Add the candidate that answers beside, and the one that answers for some data sets."""
    a_bundle = "a name or an @ALIAS of the registry, or a folder (none)"
    parser.add_argument(
        "--shadow",
        metavar="NAME|DIR",
        help=f"bundle that answers the same requests beside, for its facts alone: {a_bundle}",
    )
    parser.add_argument(
        "--canary",
        metavar="NAME|DIR",
        help=f"bundle that answers the requests of some data sets in place of the one in service: {a_bundle}",
    )
    parser.add_argument(
        "--canary-datasets",
        type=names,
        metavar="NAME,…",
        help="data sets that --canary answers, as requests name them in `dataset`",
    )
    for option in ("shadow", "canary"):
        parser.add_argument(
            f"--{option}-index",
            type=Path,
            metavar="DIR",
            help=f"index for --{option} where its parser or encoder is another (the one that is served)",
        )


def shadow_of(
    arguments: argparse.Namespace, served: "Path | ElasticIndex", policy: "DecisionPolicy"
) -> "Shadow | None":
    """Return what answers beside, None where nothing does; raises as opening it does, so that a service does not start in vain."""
    from address_match.service.lifecycle.facts.store import SHADOW
    from address_match.service.lifecycle.shadow.shadow import Shadow
    from address_match.service.wiring import pipeline_opener

    if arguments.shadow is None:
        _refuse_alone(arguments, "shadow_index", "--shadow")
        return None
    recorder = recorder_of(arguments, SHADOW)
    if recorder is None:
        raise UsageError("--shadow is for the facts of it, and --no-record keeps none: leave one of them out")
    opener = pipeline_opener(
        arguments.shadow_index or served,
        registry_of(arguments).directory(arguments.shadow),
        device=arguments.device,
        policy=policy,
    )
    opener().close()
    return Shadow(opener, recorder)


def canary_of(
    arguments: argparse.Namespace, served: "Path | ElasticIndex", policy: "DecisionPolicy"
) -> "Canary | None":
    """Return what answers for some data sets, None where the bundle in service answers all; raises as opening it does."""
    from address_match.service.http.canary import Canary
    from address_match.service.http.deployment import LeasedDeployment
    from address_match.service.http.service import BULK, SINGLE
    from address_match.service.lifecycle.facts.store import channel_name
    from address_match.service.wiring import open_deployment

    if arguments.canary is None:
        for option in ("canary_datasets", "canary_index"):
            _refuse_alone(arguments, option, "--canary")
        return None
    if not arguments.canary_datasets:
        raise UsageError("--canary answers for the data sets that --canary-datasets NAME,… names; name one")
    datasets = frozenset(map(channel_name, arguments.canary_datasets))
    if taken := sorted(datasets & {SINGLE, BULK, JOB_CHANNEL}):
        raise UsageError(f"{taken[0]!r} is the channel of all other answers; give the data set another name")
    bundle = registry_of(arguments).directory(arguments.canary)
    opened = open_deployment(arguments.canary_index or served, bundle, device=arguments.device, policy=policy)
    return Canary(LeasedDeployment(opened.deployment, opened.pipeline, opened.reference), datasets)


def _refuse_alone(arguments: argparse.Namespace, option: str, of: str) -> None:
    if getattr(arguments, option) is not None:
        raise UsageError(f"--{option.replace('_', '-')} is of the bundle that {of} names")
