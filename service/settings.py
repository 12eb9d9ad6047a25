"""What models, indexes, decisions, records and jobs are set to; of the HTTP service see `service/http_settings.py`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from platformdirs import user_data_path, user_state_path
from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.environment_settings import EnvironmentSettings, Names
from address_match.service.matching.policy import DEFAULT_PRECISION, DEFAULT_PRIOR

if TYPE_CHECKING:
    from address_match.indexer.elastic.cluster import Cluster


def _registry_of_the_user() -> Path:
    """Return `address-match/registry` where the system keeps the user's data: `$XDG_DATA_HOME` or `~/.local/share` on Linux."""
    return user_data_path("address-match", appauthor=False) / "registry"


def _facts_of_the_user() -> Path:
    """Return `address-match/facts` where the system keeps the state of programs."""
    return user_state_path("address-match", appauthor=False) / "facts"


def _labels_of_the_user() -> Path:
    """Return `address-match/labels` where the system keeps the user's data."""
    return user_data_path("address-match", appauthor=False) / "labels"


class RegistrySettings(EnvironmentSettings):
    """Where bundles are kept under names, and which deployment is promoted."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    registry: Path = Field(default_factory=_registry_of_the_user)
    """Folder of the bundles that have a name; `--registry` of a command goes first."""


class LabelSettings(EnvironmentSettings):
    """Where samples of answers and their labels are kept. They hold addresses; see [Labels](../train/labels.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    labels: Path = Field(default_factory=_labels_of_the_user)
    """Folder of the samples and their labels; `--store` of a command goes first."""


class ModelSettings(EnvironmentSettings):
    """What people who have no shell retrain and compare on, on the [page of the models](../use/model-page.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_MODEL_", frozen=True, env_ignore_empty=True)

    reference: Path | None = None
    """File of addresses, as for `index build`, from which ranker, parser and encoder are learned anew; they are not where it is not named."""
    queries: Path | None = None
    """File of addresses with their truth, as `evaluate` takes them, on which bundles are compared; else on labels alone."""


class ElasticSettings(EnvironmentSettings):
    """Where the cluster is and the credentials for it, `ADDRESS_MATCH_ELASTIC_API_KEY` for one; options of a command go first."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_ELASTIC_", frozen=True)

    url: str = ""
    """One URL, or several with commas between."""
    cloud_id: str = ""
    """Of a deployment of Elastic Cloud, in place of the URL."""
    alias: str = ""
    """Alias of the index."""
    api_key: SecretStr = SecretStr("")
    """Key that the cluster gave out, in place of user and password."""
    user: str = ""
    """Name that the cluster knows."""
    password: SecretStr = SecretStr("")
    """Of that user."""
    ca_certificate: Path | None = None
    """File of the authority that signed the cluster's certificate."""

    def cluster(self, url: str) -> "Cluster":
        """Name the cluster at a URL, or that of the cloud id where the URL is empty."""
        from address_match.indexer.elastic.cluster import Cluster

        return Cluster(
            url=url,
            cloud_id="" if url else self.cloud_id,
            api_key=self.api_key.get_secret_value(),
            user=self.user,
            password=self.password.get_secret_value(),
            ca_certificate=self.ca_certificate,
        )


class DecisionSettings(EnvironmentSettings):
    """What is assumed of the addresses and asked of the answers, by the commands and by the service."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    absence_prior: Annotated[float, Field(gt=0, lt=1)] = DEFAULT_PRIOR
    """Share of the addresses whose premises the reference is expected not to hold, .01 to .95."""
    precision: Annotated[float, Field(gt=0, lt=1)] = DEFAULT_PRECISION
    """Share of the matched that shall be right, .9 to .999."""


class LogSettings(EnvironmentSettings):
    """What the HTTP service logs, on standard error. No line holds an address or a key, at any level."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    log_format: Literal["text", "json"] = "text"
    """Lines for people (`text`), or one JSON object a line (`json`)."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """Least level that is logged; with `info` every request is, by the pattern of its route, its status and its time."""


class FactSettings(EnvironmentSettings):
    """Where facts of answers are kept. None holds an address; see [Monitoring](monitoring.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    record: bool = True
    """Whether `serve` keeps facts of its answers; `--no-record` goes first."""
    facts: Path = Field(default_factory=_facts_of_the_user)
    """Folder in which `serve` keeps them; `--record` goes first."""
    facts_days: Annotated[int, Field(ge=1)] = 400
    """Days for which they are kept."""


class MonitorSettings(EnvironmentSettings):
    """Who is told of what `monitor report` finds. See [Monitoring](monitoring.md#has-something-changed)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_MONITOR_", frozen=True)

    webhook: SecretStr = SecretStr("")
    """URL that is told of channels that warn; nobody is where it is empty. Those of chats are secrets: whoever knows one can write there."""


class JobSettings(EnvironmentSettings):
    """Files that the HTTP service matches beside its requests. See [Jobs](jobs.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    jobs: Path | None = None
    """Folder in which jobs are kept; there are none where it is not named. `--jobs` goes first."""
    jobs_at_once: Annotated[int, Field(ge=1, le=64)] = 1
    """Jobs that run at the same time."""
    job_processes: Annotated[int, Field(ge=1, le=256)] = 1
    """Processes of one job, as `match --jobs` has them."""
    jobs_waiting: Annotated[int, Field(ge=1)] = 100
    """Jobs that have not ended; a further one is told to come back."""
    jobs_of_one: Annotated[int, Field(ge=1)] = 10
    """Jobs of one key that have not ended."""
    job_bytes: Annotated[int, Field(ge=1_000)] = 1_000_000_000
    """Size of a job's file at most."""
    job_free_bytes: Annotated[int, Field(ge=0)] = 1_000_000_000
    """Room on the disk that no file may take."""
    job_upload_seconds: Annotated[float, Field(gt=0)] = 3_600.0
    """How long a file may take to arrive."""
    job_notify: Names = ()
    """Origins that may be told of the end of a job, with commas between, `https://census.example` for one; none where there are none."""
    job_days: Annotated[int, Field(ge=1)] = 7
    """Days after which a job that ended, or was never started, is removed with its result."""
