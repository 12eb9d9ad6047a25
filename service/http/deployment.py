from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from address_match.indexer.errors import EngineUnavailableError
from address_match.models.registry import Deployment
from address_match.service.http.pipeline import ServedPipeline


class LeasedDeployment:
    """A pipeline, what it was opened from, and how many use it; once retired it is closed when the last of them is done.

    Safe to share between threads.
    """

    def __init__(self, deployment: Deployment, pipeline: ServedPipeline) -> None:
        self.deployment = deployment
        self._pipeline = pipeline
        self._lock = Lock()
        self._users = 0
        self._retired = False

    @contextmanager
    def in_use(self) -> Iterator[ServedPipeline]:
        """Keep the pipeline open for as long as the context lasts.

        Raises `EngineUnavailableError` when it is closed already.
        """
        self._begin()
        try:
            yield self._pipeline
        finally:
            self._end()

    def retire(self) -> None:
        """Close the pipeline as soon as nobody uses it; who uses it may begin to use it once more meanwhile."""
        with self._lock:
            self._retired, was_retired = True, self._retired
            close = not self._users and not was_retired
        if close:
            self._pipeline.close()

    def _begin(self) -> None:
        with self._lock:
            if self._retired and not self._users:
                raise EngineUnavailableError(f"the index {self.deployment.index} was closed; ask again")
            self._users += 1

    def _end(self) -> None:
        with self._lock:
            self._users -= 1
            close = self._retired and not self._users
        if close:
            self._pipeline.close()
