"""Where a cluster is, and with whose credentials it is asked."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from elastic_transport.client_utils import DEFAULT, parse_cloud_id
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from address_match.indexer.errors import EngineAccessError

_SEARCHES_AT_ONCE = 16
_EXAMPLE = "http://localhost:9200"
_SILENCE = logging.NullHandler()


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster and the credentials for it; no secret is in its `repr`. Raises EngineAccessError for half of one."""

    url: str = ""
    """One URL, or several with commas between; empty where a cloud id is given."""
    cloud_id: str = ""
    api_key: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    ca_certificate: Path | None = None
    """File of the authority that signed the cluster's certificate; the system's own ones when None."""

    def __post_init__(self) -> None:
        if bool(self.url) == bool(self.cloud_id):
            raise EngineAccessError("Name the cluster by its URL (http://localhost:9200) or by its cloud id")
        if self.cloud_id:
            _refuse_what_is_no_cloud_id(self.cloud_id)
        if self.url and not self.urls:
            raise EngineAccessError(f"{self.url!r} is no URL of a cluster; give one like {_EXAMPLE}")
        for url in self.urls:
            if urlsplit(url).username or urlsplit(url).password:
                raise EngineAccessError(
                    f"The URL of {urlsplit(url).hostname} holds a user or a password, which would be logged; "
                    "set ADDRESS_MATCH_ELASTIC_USER and ADDRESS_MATCH_ELASTIC_PASSWORD instead"
                )
        if self.api_key and (self.user or self.password):
            raise EngineAccessError("Give an API key, or a user and a password, not both")
        if bool(self.user) != bool(self.password):
            raise EngineAccessError("A user needs a password, and a password a user")
        if self.ca_certificate is not None and not self.ca_certificate.is_file():
            raise EngineAccessError(f"The CA certificate {self.ca_certificate} is not a file")

    @property
    def urls(self) -> tuple[str, ...]:
        """Its URLs, each with its port; raises EngineAccessError for what is none."""
        return tuple(_with_port(url.strip()) for url in self.url.split(",") if url.strip())

    @property
    def place(self) -> str:
        """Name the cluster in messages."""
        return ", ".join(self.urls) or f"cloud {self.cloud_id.split(':', 1)[0]}"


def connect(cluster: Cluster, request_seconds: float) -> Elasticsearch:
    """Make a client that gives a request up after some seconds; no request is sent yet. Whoever calls this closes it."""
    # What the client warns of, with a traceback, comes as an error of ours when it matters.
    logging.getLogger("elastic_transport").addHandler(_SILENCE)
    secured = any(url.startswith("https") for url in cluster.urls) or bool(cluster.cloud_id)
    return Elasticsearch(
        hosts=list(cluster.urls) or None,
        cloud_id=cluster.cloud_id or None,
        api_key=cluster.api_key or None,
        basic_auth=(cluster.user, cluster.password) if cluster.user else None,
        ca_certs=str(cluster.ca_certificate) if secured and cluster.ca_certificate else DEFAULT,
        request_timeout=request_seconds,
        # Another node is tried at once; waiting for the cluster is the business of
        # `address_match.indexer.elastic.connection.retrying_client`.
        max_retries=2,
        retry_on_status=(502, 503, 504),
        connections_per_node=_SEARCHES_AT_ONCE,
        serializers={"application/json": OrjsonSerializer()},
    )


def _refuse_what_is_no_cloud_id(cloud_id: str) -> None:
    try:
        known = parse_cloud_id(cloud_id).es_address is not None
    except ValueError:
        known = False
    if not known:
        raise EngineAccessError(
            f"The cloud id that begins with {cloud_id[:20]!r} is none; copy it from the page of the deployment, NAME:BASE64"
        )


def _with_port(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 9200)
    except ValueError as error:
        raise _no_url(url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _no_url(url)
    return url if parts.port is not None else f"{parts.scheme}://{parts.netloc}:{port}{parts.path}"


def _no_url(url: str) -> EngineAccessError:
    # What stands before the last @ may be a password.
    return EngineAccessError(f"{url.rpartition('@')[2]!r} is no URL of a cluster; give one like {_EXAMPLE}")
