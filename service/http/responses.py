"""What is answered over the wire under /v1 beside answers and parses, and at the health routes."""

from pathlib import PurePath
from typing import Any, NotRequired

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from address_match.models.registry import Deployment
from address_match.service.lifecycle.feedback.feedback import FeedbackVerdict
from address_match.service.lifecycle.shadow.candidate import CandidateStanding
from address_match.service.served_reference import ServedReference
from address_match.service.wire.answer import AddressAnswer
from address_match.service.wire.premises import Premises, ShownSuggestion, StreetCount
from address_match.service.wire.shape import described

BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
"""What OpenAPI says of a body of bytes."""


@described()
class BulkAnswer(TypedDict):
    """One answer for each address, in the order of the request."""

    answers: list[AddressAnswer]
    answered_by: NotRequired[str]
    """Name of the bundle that answered, where the request names its data set."""


class HeldText(BaseModel):
    """One way in which the reference writes a premises."""

    address: str
    postcode: str
    text_kind: str
    language: str
    valid_from: str
    valid_to: str
    source: str
    """The reference that it is of; empty where the index is of one alone."""


class HeldPremises(BaseModel):
    """What the reference holds of a premises."""

    uprn: str
    parent_uprn: str
    classification: str
    country: str
    status: str
    latitude: float | None
    longitude: float | None
    easting: float | None
    northing: float | None
    custodian: str
    premises_from: str
    premises_to: str
    premises_updated: str
    texts: list[HeldText]

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "HeldPremises":
        """Show the texts of one premises, rows of `address_match.indexer.record.TEXT_SCHEMA`; there is at least one."""
        premises = {name: rows[0][name] for name in cls.model_fields if name != "texts"}
        texts = [HeldText(**{name: row[name] for name in HeldText.model_fields}) for row in rows]
        return cls(**premises, texts=texts)


@described()
class PremisesPage(TypedDict):
    """Premises of a postcode or street, a page at a time."""

    postcode: str
    """As it is asked for, with one space between its halves."""
    street: str
    place: str
    total: int
    """Premises or streets of the whole list."""
    premises: list[Premises]
    """In the order of streets and numbers."""
    streets: list[StreetCount]
    """Where a part of a postcode is asked for, or a name that several streets have."""
    cursor: str
    """Names the next page; empty where this is the last."""


@described()
class FoundPremises(TypedDict):
    """Premises that were asked for by their identifiers, in that order, or drawn."""

    premises: list[Premises]
    unknown: list[str]
    """Identifiers that the reference does not hold."""


@described()
class Suggestions(TypedDict):
    """How what is typed may go on, the likeliest first."""

    q: str
    suggestions: list[ShownSuggestion]


@described()
class KeptFeedback(TypedDict):
    """Feedback that is kept."""

    answer_id: str
    verdict: FeedbackVerdict


class Health(BaseModel):
    """Whether the service, or what it depends on, answers."""

    status: str
    checks: dict[str, str] = Field(default_factory=dict)


class ServedModels(BaseModel):
    """Which models and which index answer, by their fingerprints."""

    bundle: str = Field(description="Name of the bundle, or of its folder.")
    bundle_version: str
    bundle_fingerprint: str
    encoder_fingerprint: str
    parser_fingerprint: str
    generation: str = Field(description="Of the index.")

    @classmethod
    def of(cls, deployment: Deployment) -> "ServedModels":
        """Show a deployment, without the places on the server."""
        facts = {name: getattr(deployment, name) for name in cls.model_fields}
        return cls(**facts | {"bundle": PurePath(deployment.bundle).name})


class ServedCandidate(BaseModel):
    """A bundle that answers beside the one in service, or in its place for some data sets."""

    bundle: str = Field(description="Name of the bundle, or of its folder.")
    bundle_fingerprint: str

    @classmethod
    def of(cls, standing: CandidateStanding) -> "ServedCandidate":
        """Show which one it is."""
        return cls(bundle=standing.bundle, bundle_fingerprint=standing.bundle_fingerprint)


class Readiness(Health):
    """Whether the service can answer, and with what."""

    serving: ServedModels
    reference: ServedReference | None = Field(None, description="What the index that answers was built from.")
    epoch: str = Field("", description="Epoch of AddressBase that the reference is of, where it is set.")
    candidates: dict[str, ServedCandidate] = Field(
        default_factory=dict, description="Who else answers: `shadow` beside, `canary` for some data sets."
    )


class Problem(BaseModel):
    """An error, as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[str] = Field(default_factory=list)
    request_id: str = Field("", description="By which the log speaks of the request.")
