"""The deployment that answers: each request leases it, so that it can be replaced while requests are under way."""

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from address_match.indexer.errors import EngineUnavailableError
from address_match.indexer.retrieval import Retriever
from address_match.models.registry import Deployment
from address_match.service.batch.matcher import AddressMatcher
from address_match.service.batch.parse_batches import BatchParser
from address_match.service.matching.query.admission import Admission
from address_match.service.opening.served_reference import ServedReference

if TYPE_CHECKING:
    from address_match.service.lifecycle.shadow.candidate import CandidateStanding

Held = TypeVar("Held")


class ServedPipeline(AddressMatcher, Protocol):
    """What the service answers with; `address_match.service.matching.pipeline.MatchPipeline` is one."""

    def within(self, admission: Admission) -> AddressMatcher:
        """Return what answers with premises that are admitted, and counts others as not held."""
        ...

    def at(self, day: date) -> "ServedPipeline":
        """Return what answers with what was valid on a day."""
        ...

    @property
    def parser(self) -> BatchParser:
        """What addresses are parsed by."""
        ...

    @property
    def retriever(self) -> Retriever:
        """The engine that holds the reference."""
        ...


class Lease(Generic[Held]):
    """Keeps a deployment open for as long as the context lasts. Each request has two: a generator for a context takes four times as long."""

    def __init__(self, leased: Callable[[], "tuple[LeasedDeployment, Held]"]) -> None:
        """Take what counts a lease of a deployment, and gives that and what the context is given."""
        self._leased = leased

    def __enter__(self) -> Held:
        """Begin the lease."""
        self._deployment, held = self._leased()
        return held

    def __exit__(self, *_error: object) -> None:
        """End the lease."""
        self._deployment.end()


class LeasedDeployment:
    """A pipeline and what it was opened from; once retired, the pipeline is closed when its last lease ends.

    Safe to share between threads.
    """

    def __init__(
        self, record: Deployment, pipeline: ServedPipeline, reference: ServedReference | None = None
    ) -> None:
        """Serve a pipeline; `reference` is what readiness and metrics say of its index, nothing where it is None."""
        self.record = record
        self.reference = reference
        self._pipeline = pipeline
        self._lock = Lock()
        self._leases = 0
        self._retired = False

    def lease(self) -> "Lease[ServedPipeline]":
        """Keep the pipeline open for as long as the context lasts.

        Raises `EngineUnavailableError` when it is closed already.
        """
        return Lease(self._leased)

    def _leased(self) -> "tuple[LeasedDeployment, ServedPipeline]":
        self.begin()
        return self, self._pipeline

    def retire(self) -> None:
        """Close the pipeline as soon as no lease is left; who has one may take another meanwhile."""
        with self._lock:
            self._retired, was_retired = True, self._retired
            close = not self._leases and not was_retired
        if close:
            self._pipeline.close()

    def begin(self) -> None:
        """Count a lease, which has to `end`; raises `EngineUnavailableError` when the pipeline is closed already."""
        with self._lock:
            if self._retired and not self._leases:
                raise EngineUnavailableError(f"the index {self.record.index} was closed; ask again")
            self._leases += 1

    def end(self) -> None:
        """Count that a lease has ended."""
        with self._lock:
            self._leases -= 1
            close = self._retired and not self._leases
        if close:
            self._pipeline.close()


class ActiveDeployment:
    """The deployment that new requests are answered with; those under way keep the one that they began with.

    Safe to share between threads.
    """

    def __init__(self, deployment: LeasedDeployment) -> None:
        self._deployment = deployment
        self._lock = Lock()
        self.trouble = ""
        """Why a deployment that was promoted is not active; empty where none waits."""
        self.epoch = ""
        """Epoch of AddressBase that the reference is of, by the settings of the façades; empty where they name none."""
        self.candidates: tuple[Callable[[], CandidateStanding], ...] = ()
        """What those say of themselves that answer beside it, or in its place for some data sets."""

    def lease(self) -> "Lease[LeasedDeployment]":
        """Give a request the active deployment, which stays open until the request is done."""
        return Lease(self._leased)

    def _leased(self) -> tuple[LeasedDeployment, LeasedDeployment]:
        with self._lock:
            deployment = self._deployment
            deployment.begin()
        return deployment, deployment

    def now(self) -> LeasedDeployment:
        """Return the active deployment, to say what it is; it may be closed at any moment."""
        with self._lock:
            return self._deployment

    def replace(self, deployment: LeasedDeployment) -> None:
        """Make another deployment the active one and retire the one before."""
        with self._lock:
            before, self._deployment = self._deployment, deployment
        self.trouble = ""
        before.retire()

    def close(self) -> None:
        """Retire the active deployment; there is none afterwards."""
        self._deployment.retire()
