"""What is known of a service from outside, and a worker that hangs."""

import time

from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.probes import ReadinessCheck
from address_match.service.http.processes.worker import Asked, WorkerPlace
from address_match.service.http.readiness import Readiness
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline


class SmallWatch:
    """Watches a service that answers from a small pipeline, or hangs."""

    def __init__(self, pipeline: SmallPipeline | None = None, *, lives: bool = True) -> None:
        deployment = LeasedDeployment(DEPLOYMENT, pipeline or SmallPipeline())
        self._check = ReadinessCheck(ActiveDeployment(deployment))
        self._lives = lives

    async def readiness(self) -> Readiness:
        return await self._check.readiness()

    def lives(self) -> bool:
        return self._lives


def go_round_once(place: WorkerPlace) -> int:
    """Serve as a worker whose event loop goes round once, and hangs then."""
    with place.replying({Asked.STARTED: lambda: True}):
        place.heartbeat.beat()
        time.sleep(600)
    return 0
