"""Which bundle answers a request: the one in service, or a candidate for the data sets that its owner named."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.deployments.reloader import DeploymentReloader
from address_match.service.lifecycle.shadow.candidate import CandidateStanding

NOT_OPENED = "another candidate is meant for its data sets and cannot be opened; the one before it still answers, the log says why"


@dataclass(frozen=True, slots=True)
class Canary:
    """A candidate in place of the bundle in service, for whole data sets: no two models answer for one."""

    active: ActiveDeployment
    datasets: frozenset[str]
    """Names that requests give, which are names of channels as well."""
    reloader: DeploymentReloader | None = None
    """Replaces it when another candidate is meant, while the application runs."""

    def standing(self) -> CandidateStanding:
        """Say which candidate answers, and what is amiss."""
        record = self.active.now().record
        return CandidateStanding(
            "canary", PurePath(record.bundle).name, record.bundle_fingerprint, self.active.trouble
        )


@dataclass(frozen=True, slots=True)
class ChosenDeployment:
    """What answers a request."""

    deployment: LeasedDeployment
    dataset: str = ""
    """For which a candidate answers, and under which its facts are kept; empty where the bundle in service does."""

    @property
    def bundle(self) -> str:
        """Name of the bundle, without its place on the server."""
        return PurePath(self.deployment.record.bundle).name


@contextmanager
def choosing(active: ActiveDeployment, canary: Canary | None, dataset: str) -> Iterator[ChosenDeployment]:
    """Give a request what answers for its data set, which stays open until the request is done."""
    if canary is not None and dataset in canary.datasets:
        with canary.active.lease() as deployment:
            yield ChosenDeployment(deployment, dataset)
    else:
        with active.lease() as deployment:
            yield ChosenDeployment(deployment)
