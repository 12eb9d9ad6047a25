"""Where the index in a cluster is, and what is assumed of the addresses and asked of the answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.matching.policy import DEFAULT_PRECISION, DEFAULT_PRIOR
from address_match.service.settings.environment_settings import EnvironmentSettings

if TYPE_CHECKING:
    from address_match.indexer.elastic.connection.cluster import Cluster


class ElasticSettings(EnvironmentSettings):
    """Where the cluster is and the credentials for it, `ADDRESS_MATCH_ELASTIC_API_KEY` for one; options of a command go first."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_ELASTIC_", frozen=True)

    url: str = ""
    """One URL, or several with commas between."""
    cloud_id: str = ""
    """Id of a deployment of Elastic Cloud, in place of the URL."""
    alias: str = ""
    """Alias of the index."""
    api_key: SecretStr = SecretStr("")
    """Key that the cluster gave out, in place of user and password."""
    user: str = ""
    """User that the cluster knows."""
    password: SecretStr = SecretStr("")
    """Password of that user."""
    ca_certificate: Path | None = None
    """File of the authority that signed the cluster's certificate."""

    def cluster(self, url: str) -> "Cluster":
        """Name the cluster at a URL, or that of the cloud id where the URL is empty."""
        from address_match.indexer.elastic.connection.cluster import Cluster

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
