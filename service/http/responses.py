"""What is answered over the wire under /v1; the examples are shown at /docs. Every premises in them is made up."""

from pathlib import PurePath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from address_match.models.registry import Deployment
from address_match.parser.labels import Label
from address_match.parser.parse import Parse
from address_match.parser.parse_object import parse_object
from address_match.service.http.explanation_responses import AnswerExplanation
from address_match.service.http.requests import EXAMPLE
from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
from address_match.service.matching.explanation.explanation import Explanation

_CANDIDATE: dict[str, Any] = {
    "uprn": "900000000017",
    "address": "14A THORNBECK ROW, MARLOW FOLD, ZZ9 4QT",
    "probability": 0.981,
    "relation": "exact",
}
_ANSWER: dict[str, Any] = {
    "input": EXAMPLE,
    "status": "matched",
    "reason": "",
    "uprn": _CANDIDATE["uprn"],
    "address": _CANDIDATE["address"],
    "probability": 0.981,
    "absent_probability": 0.012,
    "relation": "exact",
    "related_uprn": "",
    "candidates": [_CANDIDATE],
    "error": "",
}
Probability = Annotated[float, Field(ge=0, le=1)]


class Candidate(BaseModel):
    """A premises of the reference that may be the one asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CANDIDATE]})

    uprn: str
    address: str
    probability: Probability = Field(description="That this is the premises asked for.")
    relation: Relation = Field(description="How it stands to the premises asked for.")

    @classmethod
    def of(cls, premises: RankedPremises) -> "Candidate":
        """Show a ranked premises."""
        return cls.model_construct(
            uprn=premises.uprn,
            address=premises.address,
            probability=premises.probability,
            relation=premises.relation,
        )


class AddressAnswer(BaseModel):
    """The decision about one address."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ANSWER]})

    input: str
    status: Status
    reason: Reason = Field(description="Why the address is not matched; empty when it is.")
    uprn: str = Field(description="Filled when matched or for review.")
    address: str
    probability: Probability = Field(description="Of the best candidate, whatever the status.")
    absent_probability: Probability = Field(description="That the reference does not hold the premises.")
    relation: Relation
    related_uprn: str = Field(
        description="The nearest kin of a premises that is not held: its parent, else a child, a sibling, or one of its street."
    )
    candidates: list[Candidate]
    error: str = Field(description="What was wrong with the address, where the reason is `error`.")
    explanation: AnswerExplanation | None = Field(
        None, description="What the answer rests on, where that was asked for."
    )

    @classmethod
    def of(
        cls, text: str, answer: Answer, limit: int | None = None, explanation: Explanation | None = None
    ) -> "AddressAnswer":
        """Show an answer, with at most `limit` candidates."""
        return cls.model_construct(
            input=text,
            status=answer.status,
            reason=answer.reason,
            uprn=answer.uprn,
            address=answer.address,
            probability=answer.probability,
            absent_probability=answer.absent_probability,
            relation=answer.relation,
            related_uprn=answer.related_uprn,
            candidates=[Candidate.of(c) for c in answer.candidates[:limit]],
            error=answer.error,
            explanation=explanation and AnswerExplanation.of(explanation),
        )


class BulkAnswer(BaseModel):
    """One answer for each address, in the order of the request."""

    answers: list[AddressAnswer]


class ParsedRun(BaseModel):
    """A run of words that stand for one thing."""

    label: Label
    text: str = Field(description="The words in upper case, without accents and punctuation.")
    start: int = Field(description="First character in the input, inclusive.")
    end: int = Field(description="Last character in the input, exclusive.")


class ParsedToken(ParsedRun):
    """A word of an address."""

    probability: Probability = Field(description="That the word has this label.")


class ParsedComponent(ParsedRun):
    """A component of an address, and what it says of the premises where it says something."""

    probability: Probability = Field(description="That just these words are this component.")
    value: str = Field(description="Normalised: in full, without leading zeros.")
    building: str = ""
    unit: str = Field("", description="Designator of a flat or unit: `3`, `A`.")
    unit_kind: str = Field("", description="FLAT, UNIT, ROOM, …")
    floor: str = Field("", description="B, G, 1, 2, …, T.")
    side: str = Field("", description="L, R, F, B, M.")
    number: int = -1
    number_end: int = Field(-1, description="Upper end of a range.")
    suffix: str = Field("", description="Letter of the number.")


class ParsedAlternative(BaseModel):
    """One whole parse and its probability."""

    probability: Probability
    labels: list[Label] = Field(description="A label a token.")
    components: list[ParsedRun]


class AddressParse(BaseModel):
    """What the words of an address stand for; fields that say nothing are left out."""

    input: str
    tokens: list[ParsedToken]
    components: list[ParsedComponent]
    reading: dict[str, str | int] = Field(
        description="What the address says, field by field, in a form to compare."
    )
    probability: Probability = Field(description="Of the whole parse: how sure it is.")
    alternatives: list[ParsedAlternative] = Field(
        default_factory=list, description="The best whole parses, with `nbest` only."
    )

    @classmethod
    def of(cls, parse: Parse) -> "AddressParse":
        """Show a parse."""
        return cls.model_validate(parse_object(parse))


class HeldText(BaseModel):
    """One way in which the reference writes a premises."""

    address: str
    postcode: str
    text_kind: str
    language: str
    valid_from: str
    valid_to: str


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
    texts: list[HeldText]

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "HeldPremises":
        """Show the texts of one premises, rows of `address_match.indexer.record.TEXT_SCHEMA`; there is at least one."""
        premises = {name: rows[0][name] for name in cls.model_fields if name != "texts"}
        texts = [HeldText(**{name: row[name] for name in HeldText.model_fields}) for row in rows]
        return cls(**premises, texts=texts)


class Health(BaseModel):
    """Return whether the service, or what it depends on, answers."""

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


class Readiness(Health):
    """Return whether the service can answer, and with what."""

    serving: ServedModels


class Problem(BaseModel):
    """An error, as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[str] = Field(default_factory=list)
