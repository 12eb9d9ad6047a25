"""What is asked over the wire under /v1, in a body or in the parameters of a URL."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, model_validator
from pydantic_core import PydanticCustomError

from address_match.service.wire.answer import EXAMPLE

MOST_ALTERNATIVES = 20
"""Whole parses that a request may ask for; each costs as much as the first."""
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def _well_formed(text: str) -> str:
    """Replace lone surrogates, which JSON can spell and no encoding can write."""
    return _LONE_SURROGATES.sub("\ufffd", text)


AddressText = Annotated[str, AfterValidator(_well_formed)]


class _Request(BaseModel):
    """A body, or the parameters of a URL, of which every key is known.

    The first wrong key or item is reported: a body of four megabytes can hold two million, and each costs a kilobyte to report.
    """

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_keys(cls, body: Any) -> Any:
        keys = body if isinstance(body, dict) else ()
        unknown = next((str(key) for key in keys if key not in cls.model_fields), None)
        if unknown is not None:
            known = ", ".join(cls.model_fields)
            raise PydanticCustomError(
                "unknown_key", "{key} is not one of {known}", {"key": repr(unknown[:40]), "known": known}
            )
        return body


class AddressRequest(_Request):
    """An address to match."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"input": EXAMPLE, "limit": 5}]})

    input: AddressText = Field(description="An address.", examples=[EXAMPLE])
    limit: int = Field(5, ge=1, description="Candidates to list.")
    explain: bool = Field(False, description="Show what the answer rests on.")


class ParseRequest(_Request):
    """An address to parse."""

    input: AddressText = Field(description="An address.", examples=[EXAMPLE])
    nbest: int = Field(0, ge=0, le=MOST_ALTERNATIVES, description="Whole parses to list, the best first.")


class BulkRequest(_Request):
    """Several addresses to match in one request."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"addresses": [EXAMPLE, "2 nowhere lane"], "limit": 1}]}
    )

    addresses: Annotated[list[AddressText], FailFast()]
    limit: int = Field(1, ge=1, description="Candidates to list for each address.")
