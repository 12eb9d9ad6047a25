"""The commands and options about Elasticsearch."""

import argparse
from pathlib import Path

from address_match.service.cli.argument_types import natural, positive, version
from address_match.service.cli.es import es_build, es_check, es_drop, es_list, es_rollback, es_update
from address_match.service.cli.index_location import ELASTIC, EMBEDDED
from address_match.service.cli.shared_arguments import add_bundle, add_command, add_device


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add what an index stands in, and where the cluster is."""
    parser.add_argument(
        "--engine",
        choices=(EMBEDDED, ELASTIC),
        default=EMBEDDED,
        help="what the index stands in: a folder, or Elasticsearch (local)",
    )
    _add_cluster(parser)


def _add_cluster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", metavar="URL[,URL]", help="of Elasticsearch ($ADDRESS_MATCH_ELASTIC_URL or _CLOUD_ID)"
    )
    parser.add_argument(
        "--alias", metavar="NAME", help="of the indices in Elasticsearch ($ADDRESS_MATCH_ELASTIC_ALIAS)"
    )


def describe_es(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the commands that build and keep indices in Elasticsearch."""
    building = add_command(commands, "build", es_build)
    building.add_argument(
        "reference", type=Path, metavar="REFERENCE", help="CSV, TSV, Parquet or NDJSON, or one of them as .gz"
    )
    add_bundle(building)
    add_device(building)
    building.add_argument("--mapping", type=Path, metavar="FILE.toml", help="which column is which")
    building.add_argument(
        "--version",
        type=version,
        default=1,
        metavar="N|DATE",
        help="of the reference; updates have later ones (1)",
    )
    building.add_argument("--shards", type=positive, default=1, metavar="N", help="of the index (1)")
    building.add_argument(
        "--replicas", type=natural, default=0, metavar="N", help="of each shard, once it is built (0)"
    )
    building.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes that read the reference (1)"
    )
    updating = add_command(commands, "update", es_update)
    updating.add_argument(
        "changes",
        type=Path,
        metavar="CHANGES",
        help="a reference with a column change: insert, update, delete",
    )
    add_bundle(updating)
    add_device(updating)
    updating.add_argument("--mapping", type=Path, metavar="FILE.toml", help="which column is which")
    updating.add_argument(
        "--version", type=version, required=True, metavar="N|DATE", help="of the changes; later ones win"
    )
    listing, checking = add_command(commands, "list", es_list), add_command(commands, "check", es_check)
    rolling_back, dropping = (
        add_command(commands, "rollback", es_rollback),
        add_command(commands, "drop", es_drop),
    )
    dropping.add_argument("index", metavar="INDEX", help="one that `es list` names")
    for parser in (building, updating, listing, checking, rolling_back, dropping):
        _add_cluster(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")
