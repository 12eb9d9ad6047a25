"""What is answered over the wire under /v1 about addresses, beside answers and parses."""

from typing import Any, NotRequired

from pydantic import BaseModel
from typing_extensions import TypedDict

from address_match.service.lifecycle.feedback.feedback import FeedbackVerdict
from address_match.service.wire.answer import AddressAnswer
from address_match.service.wire.premises import Premises, ShownSuggestion, StreetCount
from address_match.service.wire.shape import described


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
        """Show the texts of one premises, rows of `address_match.indexer.texts.schemas.TEXT_SCHEMA`; there is at least one."""
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
