"""Which bundle answers beside a service, and from which index."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.command import CommandParser
from address_match.service.cli.model_options import registry_of
from address_match.service.cli.record_options import recorder_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.shadow.shadow import Shadow


def add_shadow(parser: CommandParser) -> None:
    """Add the candidate that answers beside."""
    parser.add_argument(
        "--shadow",
        metavar="NAME|DIR",
        help="bundle that answers the same requests beside, for its facts alone: a name or an @ALIAS of the registry, or a folder (none)",
    )
    parser.add_argument(
        "--shadow-index",
        type=Path,
        metavar="DIR",
        help="index for --shadow where its parser or encoder is another (the one that is served)",
    )


def shadow_of(
    arguments: argparse.Namespace, served: "Path | ElasticIndex", policy: "DecisionPolicy"
) -> "Shadow | None":
    """Return what answers beside, None where nothing does; raises as opening it does, so that a service does not start in vain."""
    from address_match.service.facts.store import SHADOW
    from address_match.service.shadow.shadow import Shadow
    from address_match.service.wiring import pipeline_opener

    if arguments.shadow is None:
        if arguments.shadow_index is not None:
            raise UsageError("--shadow-index is of the bundle that --shadow names")
        return None
    recorder = recorder_of(arguments, SHADOW)
    if recorder is None:
        raise UsageError("--shadow is for the facts of it, and --no-record keeps none: leave one of them out")
    bundle = registry_of(arguments).directory(arguments.shadow)
    opener = pipeline_opener(arguments.shadow_index or served, bundle, device=arguments.device, policy=policy)
    opener().close()
    return Shadow(opener, recorder)
