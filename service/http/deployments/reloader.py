import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from address_match.cycle_search import search_once
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment

NOT_OPENED = (
    "another deployment was promoted and cannot be opened; the one before it still answers, the log says why"
)

_log = logging.getLogger("address_match.http")


class DeploymentReloader:
    """Looks every few seconds whether another deployment was promoted, opens it beside the active one, and puts it in force.

    A deployment that cannot be opened leaves the one before in force, and is tried again when the next is promoted.
    """

    def __init__(
        self,
        active: ActiveDeployment,
        signature: Callable[[], object],
        open_promoted: Callable[[], LeasedDeployment],
        *,
        known: object,
        seconds: float,
        role: str = "",
        not_opened: str = NOT_OPENED,
    ) -> None:
        """Reload `active` every time that `signature`, which is cheap and changes with every promotion, is another.

        `open_promoted` opens the promoted deployment: some seconds, in a thread. `known` is the signature of the promotion that
        `active` was opened by, taken before it was opened. The log begins with a `role`, where it has one, and `not_opened` is what is
        said of a deployment that cannot be opened.
        """
        self._active = active
        self._signature = signature
        self._open_promoted = open_promoted
        self._known = known
        self._seconds = seconds
        self._role = f"{role}: " if role else ""
        self._not_opened = not_opened
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Look until `stop` is called; a deployment that is being opened then is opened to its end."""
        while not self._stopping.is_set():
            await self._look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._seconds)

    def stop(self) -> None:
        """Make `run` return."""
        self._stopping.set()

    async def _look(self) -> None:
        try:
            await self._reload()
        except Exception as error:  # noqa: BLE001 - a reloader that ended would leave the service behind in silence
            _log.error("%s%s: %s: %s", self._role, self._not_opened, type(error).__name__, error)
            self._active.trouble = self._not_opened

    async def _reload(self) -> None:
        found = self._signature()
        if found == self._known:
            return
        self._known = found
        opened = await asyncio.to_thread(self._open_promoted)
        self._active.replace(opened)
        search_once()
        record = opened.record
        served = (record.bundle, record.index, record.generation)
        _log.warning("%sserves bundle %s with index %s (%s)", self._role, *served)
