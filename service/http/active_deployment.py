from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from address_match.service.http.deployment import LeasedDeployment


class ActiveDeployment:
    """The deployment that new requests are answered with; those under way keep the one that they began with.

    Safe to share between threads.
    """

    def __init__(self, served: LeasedDeployment) -> None:
        self._served = served
        self._lock = Lock()
        self.trouble = ""
        """Why a deployment that was promoted is not in force; empty where none waits."""

    @contextmanager
    def request(self) -> Iterator[LeasedDeployment]:
        """Give a request the deployment in force, which stays open until the request is done."""
        with ExitStack() as held:
            with self._lock:
                served = self._served
                held.enter_context(served.in_use())
            yield served

    def replace(self, served: LeasedDeployment) -> None:
        """Put another deployment in force and retire the one before."""
        with self._lock:
            before, self._served = self._served, served
        self.trouble = ""
        before.retire()

    def close(self) -> None:
        """Retire the deployment in force; there is none afterwards."""
        self._served.retire()
