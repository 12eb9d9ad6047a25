"""Serves whatever deployment is promoted, without a restart."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from address_match.service.http.active_deployment import ActiveDeployment
from address_match.service.http.deployment import LeasedDeployment

NOT_OPENED = (
    "another pair was promoted and cannot be opened; the one before it still answers, the log says why"
)

_log = logging.getLogger("address_match.http")


@dataclass(frozen=True, slots=True)
class PromotedDeployment:
    """Where the service learns which deployment is promoted."""

    signature: Callable[[], object]
    """Changes with every promotion; cheap."""
    open: Callable[[], LeasedDeployment]
    """Opens the promoted deployment: some seconds, in a thread."""


class DeploymentReloader:
    """Looks every few seconds whether another deployment was promoted, opens it beside the one in force, and puts it in force.

    A deployment that cannot be opened leaves the one before in force, and is tried again when the next is promoted.
    """

    def __init__(
        self, promoted: PromotedDeployment, in_force: ActiveDeployment, *, known: object, seconds: float
    ) -> None:
        """`known` is the signature of the promotion that `in_force` was opened by, taken before it was opened."""
        self._promoted = promoted
        self._in_force = in_force
        self._known = known
        self._seconds = seconds
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Follow until `stop` is called; a deployment that is being opened then is opened to its end."""
        while not self._stopping.is_set():
            await self._look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._seconds)

    def stop(self) -> None:
        """Make `run` return."""
        self._stopping.set()

    async def _look(self) -> None:
        try:
            await self._follow()
        except Exception as error:  # noqa: BLE001 - a follower that ended would leave the service behind in silence
            _log.error("%s: %s: %s", NOT_OPENED, type(error).__name__, error)
            self._in_force.trouble = NOT_OPENED

    async def _follow(self) -> None:
        found = self._promoted.signature()
        if found == self._known:
            return
        self._known = found
        served = await asyncio.to_thread(self._promoted.open)
        self._in_force.replace(served)
        deployment = served.deployment
        _log.warning(
            "serves bundle %s with index %s (%s)", deployment.bundle, deployment.index, deployment.generation
        )
