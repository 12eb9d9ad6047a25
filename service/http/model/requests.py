"""What is asked about the models over the wire, in a body or in the parameters of a URL."""

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from address_match.service.http.requests import Request
from address_match.service.http.url_values import WrittenInteger

BundleName = Annotated[str, Field(pattern=r"^@?[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["@champion"])]
"""Of the registry, or an alias; no folder."""
BundleInPath = Annotated[BundleName, Path()]
Alias = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9._-]{0,63}$", examples=["challenger"])]
Channel = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9._-]{0,63}$", examples=["single"])]
DecisionId = Annotated[str, Path(pattern="^[Dd][0-9]{1,9}$", examples=["D7"])]


class AuditParameters(Request):
    """Which part of the audit is shown."""

    limit: WrittenInteger = Field(100, ge=1, le=1_000, description="Rows of a page at most.")
    cursor: str = Field("", max_length=20, description="The `cursor` of the page before.")


class NotedParameters(Request):
    """What is known of the audit from before."""

    noted: str = Field(
        "",
        pattern="^([0-9a-f]{12,64})?$",
        description="Hash of a row, or 12 digits of it at least, that was noted elsewhere: it has to be there still.",
    )


def _in_one_line(written: str) -> str:
    """Read a reason as one line; raises where it holds what cannot be shown."""
    line = " ".join(written.split())
    if not line.isprintable():
        raise PydanticCustomError("no_line", "a text in one line is needed, without control characters")
    return line


Line = Annotated[str, Field(max_length=1_000), AfterValidator(_in_one_line)]


class PromotionRequest(Request):
    """What is to be put in force."""

    bundle: BundleName
    decision: str = Field(
        "",
        pattern="^([Dd][0-9]{1,9})?$",
        description="Approved decision for which it is promoted.",
        examples=["D7"],
    )
    override: Line = Field("", description="Why it is promoted although it does not pass the gates.")


class RollbackRequest(Request):
    """Why what was in force before is to be so again."""

    reason: Line = Field(min_length=1)


class AliasRequest(Request):
    """What an alias stands for."""

    bundle: BundleName


class ReferenceRequest(Request):
    """Which facts of a channel are usual, and why."""

    first: date | None = Field(None, description="First day; the oldest if null.")
    last: date | None = Field(None, description="Last day; the newest if null.")
    reason: Line = Field(min_length=1, description="Why they are usual.")
    target_precision: float | None = Field(
        None, gt=0, lt=1, description="Share of the matched that shall be right at least."
    )
