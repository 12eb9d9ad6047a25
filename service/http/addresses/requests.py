"""What is asked over the wire under /v1, in a body or in the parameters of a URL."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    FailFast,
    Field,
    Strict,
    model_validator,
)
from pydantic_core import PydanticCustomError

from address_match.service.http.addresses.address_parts import GivenAddress, texts_of
from address_match.service.http.addresses.filter_fields import FilterFields, FilterParameters
from address_match.service.http.routing.strict_request import AddressText, Request
from address_match.service.http.routing.url_values import WrittenBoolean, WrittenInteger
from address_match.service.lifecycle.feedback.answer_id import LONGEST
from address_match.service.lifecycle.feedback.feedback import FeedbackVerdict
from address_match.service.lookup.listed_premises import FIELDS
from address_match.service.wire.answer import EXAMPLE
from address_match.service.written_day import DAY, DAY_IN_WORDS, written_day
from address_match.service.written_names import names_in

MOST_ALTERNATIVES = 20
"""Whole parses that a request may ask for; each costs as much as the first."""
_EXPLAIN = (
    "Show what the answer rests on, with an account of every word and the faults of the best candidates. "
    "It takes about twice as long as the answer alone."
)
MOST_SHOWN = 1_000
"""Premises, streets or identifiers of one request."""
MOST_SUGGESTIONS = 50
MOST_SEED = 2**31 - 1


def _known_fields(written: str) -> str:
    """Refuse names of fields that no premises has; the name is not repeated."""
    if not set(names_in(written)) <= set(FIELDS):
        raise PydanticCustomError(
            "unknown_field", "a field is not one of {known}", {"known": ", ".join(FIELDS)}
        )
    return written


def fields_in(written: str) -> tuple[str, ...]:
    """Return the fields of premises that are named, in the order in which they are shown."""
    named = set(names_in(written))
    return tuple(field for field in FIELDS if field in named)


FieldNames = Annotated[str, AfterValidator(_known_fields)]


def _a_day(written: str) -> str:
    """Refuse what is no day of the one form; it is not repeated."""
    try:
        day_in(written)
    except ValueError as error:
        raise PydanticCustomError(
            "no_day", "as_at is no day of the form {form}", {"form": DAY_IN_WORDS}
        ) from error
    return written


def day_in(written: str) -> date | None:
    """Return the day that is written, None where nothing is; raises ValueError for what is no day."""
    return written_day(written) if written else None


DayText = Annotated[str, AfterValidator(_a_day)]


def _day_field(what: str) -> Any:
    """Describe a day as of which something is done; an empty text stands for none."""
    return Field(
        "",
        max_length=10,
        description=f"{what} what was valid on this day, YYYY-MM-DD; what the reference gives no dates counts as valid.",
        examples=["2021-03-21"],
        json_schema_extra={"pattern": f"^({DAY})?$"},
    )


AS_AT = _day_field("Answer with")
AS_LISTED_AT = _day_field("List")
DATASET: Any = Field(
    "",
    max_length=64,
    description="Data set that the request is of. Its owner may have another bundle answer for it; `answered_by` says which did.",
    examples=["survey-2026"],
)


class _AddressQuestion(Request):
    input: GivenAddress = Field(
        description="An address: one text, of one line or several, or its parts.", examples=[EXAMPLE]
    )
    limit: int = Field(5, ge=1, description="Candidates to list.")
    explain: bool = Field(False, description=_EXPLAIN)
    fields: FieldNames = Field(
        "",
        max_length=200,
        description="Fields of the premises that each candidate shows as well, with commas between.",
        examples=["postcode,latitude,longitude"],
    )
    as_at: DayText = AS_AT
    dataset: AddressText = DATASET

    def text(self) -> str:
        """Return the address in one text."""
        return texts_of([self.input])[0]


class AddressRequest(FilterFields, _AddressQuestion):
    """An address to match."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"input": EXAMPLE, "limit": 5}]})


class AddressParameters(FilterParameters, AddressRequest):
    """An address to match, in the parameters of a URL."""

    input: AddressText = Field(description="An address.", examples=[EXAMPLE])
    limit: WrittenInteger = Field(5, ge=1, description="Candidates to list.")
    explain: WrittenBoolean = Field(False, description=_EXPLAIN)


_NBEST = "Whole parses to list, the best first."


class ParseRequest(Request):
    """An address to parse."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"input": EXAMPLE, "nbest": 0}]})

    input: AddressText = Field(description="An address.", examples=[EXAMPLE])
    nbest: int = Field(0, ge=0, le=MOST_ALTERNATIVES, description=_NBEST)


class ParseParameters(ParseRequest):
    """An address to parse, in the parameters of a URL."""

    nbest: WrittenInteger = Field(0, ge=0, le=MOST_ALTERNATIVES, description=_NBEST)


_FIELDS = Field(
    "",
    max_length=200,
    description="Fields of premises to show, with commas between; all if empty.",
    examples=["address,postcode"],
)


class _ListPart(Request):
    limit: WrittenInteger = Field(100, ge=1, le=MOST_SHOWN, description="Items of a page at most.")
    cursor: AddressText = Field("", max_length=500, description="The `cursor` of the page before.")
    fields: FieldNames = _FIELDS
    as_at: DayText = AS_LISTED_AT


class ListParameters(FilterParameters, _ListPart):
    """Which part of a list is shown, and what of its premises, in the parameters of a URL."""


class StreetParameters(ListParameters):
    """A street and which part of its list is shown, in the parameters of a URL."""

    street: AddressText = Field(
        description="The name of a street.", max_length=200, examples=["THORNBECK ROW"]
    )
    place: AddressText = Field(
        "",
        max_length=200,
        description="Its town, or outcode; without one the streets of that name are listed, if there are several.",
        examples=["MARLOW FOLD"],
    )


class _Typed(Request):
    q: AddressText = Field(description="What is typed.", max_length=200, examples=["14a thornb"])
    limit: int = Field(10, ge=1, le=MOST_SUGGESTIONS, description="Suggestions at most.")


class SuggestRequest(FilterFields, _Typed):
    """What is typed so far."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"q": "14a thornb", "limit": 10}]})


class SuggestParameters(FilterParameters, SuggestRequest):
    """What is typed so far, in the parameters of a URL."""

    limit: WrittenInteger = Field(10, ge=1, le=MOST_SUGGESTIONS, description="Suggestions at most.")


class RandomParameters(Request):
    """How many premises are drawn, in the parameters of a URL."""

    limit: WrittenInteger = Field(1, ge=1, le=MOST_SHOWN, description="Premises at most.")
    seed: WrittenInteger = Field(
        0,
        ge=0,
        le=MOST_SEED,
        description="The same premises are drawn with the same seed, as long as the index is the same; with 0 others each time.",
    )
    fields: FieldNames = _FIELDS


class _LookedUp(Request):
    uprns: Annotated[list[AddressText], FailFast()] = Field(max_length=MOST_SHOWN)
    fields: FieldNames = _FIELDS
    as_at: DayText = AS_LISTED_AT


class LookupRequest(FilterFields, _LookedUp):
    """Premises to look up in one request."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"uprns": ["900000000017"]}]})


class FeedbackRequest(Request):
    """What somebody says of an answer."""

    model_config = ConfigDict(
        # JSON has no enumerations: a verdict comes as its text.
        strict=False,
        json_schema_extra={
            "examples": [{"answer_id": "WzE3...", "verdict": "corrected", "uprn": "900000000017"}]
        },
    )

    answer_id: Annotated[AddressText, Strict()] = Field(description="That of the answer.", max_length=LONGEST)
    verdict: FeedbackVerdict = Field(
        description="Whether the answer is right, another premises is meant, or one that is not held."
    )
    uprn: Annotated[AddressText, Strict()] = Field(
        "",
        max_length=40,
        description="Of the premises that is meant, where the verdict is `corrected`; else empty.",
    )

    @model_validator(mode="after")
    def _names_the_right_one(self) -> Self:
        if (self.verdict is FeedbackVerdict.CORRECTED) is not bool(self.uprn):
            raise PydanticCustomError(
                "uprn_of_verdict",
                "uprn names the premises that is meant: with the verdict corrected, and with no other",
            )
        return self


class NamedAddresses(Request):
    """Several addresses, and what to know each by again."""

    addresses: Annotated[list[GivenAddress], FailFast()] = Field(
        description="Each one text, of one line or several, or its parts."
    )
    ids: Annotated[list[AddressText], FailFast()] = Field(
        [], description="What to know each address by again, in their order; none, or one for each."
    )

    @model_validator(mode="after")
    def _one_id_each(self) -> Self:
        if self.ids and len(self.ids) != len(self.addresses):
            raise PydanticCustomError("unequal", "there are not as many ids as addresses")
        return self

    def texts(self) -> list[str]:
        """Return each address in one text."""
        return texts_of(self.addresses)


class _BulkOptions(Request):
    limit: int = Field(1, ge=1, description="Candidates to list for each address.")
    as_at: DayText = AS_AT
    dataset: AddressText = DATASET


class BulkParameters(FilterParameters, _BulkOptions):
    """How lines of addresses are matched, in the parameters of a URL."""

    limit: WrittenInteger = Field(1, ge=1, description="Candidates to list for each address.")


class BulkRequest(FilterFields, _BulkOptions, NamedAddresses):
    """Several addresses to match in one request."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "examples": [{"addresses": [EXAMPLE, "2 nowhere lane"], "ids": ["A1", "A2"], "limit": 1}]
        },
    )
