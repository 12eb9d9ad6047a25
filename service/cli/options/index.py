"""Which index a command is about, a folder or an alias in a cluster: the options, and what they name."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Options
from address_match.service.cli.options.models import add_bundle, add_device
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.elastic.connection.retrying_client import Patience
    from address_match.indexer.elastic.elastic_index import ElasticIndex

EMBEDDED = "local"
ELASTIC = "elastic"


def add_index_and_models(options: Options) -> None:
    """Add which index answers, and with which models."""
    options.add_argument("--index", type=Path, metavar="DIR", help="folder of the index")
    add_engine(options)
    add_bundle(options)
    add_device(options)


def add_engine(options: Options) -> None:
    """Add what an index stands in, and where the cluster is."""
    options.add_argument(
        "--engine",
        choices=(EMBEDDED, ELASTIC),
        default=EMBEDDED,
        help="what the index stands in: a folder, or Elasticsearch (local)",
    )
    add_cluster(options)


def add_cluster(options: Options) -> None:
    """Add where the cluster is, and which of its indices are meant."""
    options.add_argument(
        "--url", metavar="URL[,URL]", help="of Elasticsearch ($ADDRESS_MATCH_ELASTIC_URL or _CLOUD_ID)"
    )
    options.add_argument(
        "--alias", metavar="NAME", help="of the indices in Elasticsearch ($ADDRESS_MATCH_ELASTIC_ALIAS)"
    )


def chosen_index(arguments: argparse.Namespace, *, online: bool = False) -> "Path | ElasticIndex":
    """Return the index that the options name; `online` is for whoever answers people, who do not wait for a cluster.

    Raises UsageError when the options do not name one.
    """
    if arguments.engine == ELASTIC:
        from address_match.indexer.elastic.connection.retrying_client import BULK, ONLINE

        if arguments.index is not None:
            raise UsageError("--index names a folder; with --engine elastic give --url and --alias instead")
        return elastic_index(arguments, ONLINE if online else BULK)
    if arguments.url or arguments.alias:
        raise UsageError("--url and --alias go with --engine elastic")
    if arguments.index is None:
        raise UsageError("name the index: --index DIR, or --engine elastic --url URL --alias NAME")
    return Path(arguments.index)


def elastic_index(arguments: argparse.Namespace, patience: "Patience") -> "ElasticIndex":
    """Return the alias in a cluster that the options and the environment name, for whoever waits so long for it."""
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.service.settings.matching_settings import ElasticSettings

    settings = ElasticSettings()
    url = arguments.url or ("" if settings.cloud_id else settings.url)
    alias = arguments.alias or settings.alias
    if not url and not settings.cloud_id:
        raise UsageError("name the cluster: --url URL, or ADDRESS_MATCH_ELASTIC_URL or _CLOUD_ID")
    if not alias:
        raise UsageError("name the alias: --alias NAME, or ADDRESS_MATCH_ELASTIC_ALIAS")
    return ElasticIndex(settings.cluster(url), alias, patience)
