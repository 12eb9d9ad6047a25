"""What is asked about the models over the wire, in a body or in the parameters of a URL."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Path
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from address_match.service.http.addresses.requests import MOST_SEED
from address_match.service.http.routing.strict_request import Request
from address_match.service.http.routing.url_values import WrittenBoolean, WrittenInteger
from address_match.service.lifecycle.labels.drawing_design import USUAL, DrawingDesign
from address_match.service.lifecycle.model_runs.model_run import Queries
from address_match.service.lifecycle.model_runs.scope import Scope

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


class AcknowledgementRequest(Request):
    """What is behind a warning."""

    reason: Line = Field(min_length=1)


class RetrainingRequest(Request):
    """What is learned anew, and what is to come of it."""

    scope: Scope = Field(
        description="The scopes but threshold and calibration need a reference that the operator named."
    )
    name: str = Field(
        pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="Of the new bundle in the registry."
    )


class ComparisonRequest(Request):
    """What is compared with the bundle in force, and on which addresses."""

    bundle: BundleName
    queries: Queries = Queries.LABELS


class SampleRequest(Request):
    """From which answers a sample is drawn, and how; shares are of the drawn."""

    job: str = Field(max_length=100, description="A job of who asks that is done.")
    rows: int = Field(USUAL.rows, ge=1, le=100_000)
    near: float = Field(USUAL.near, ge=0, le=1, description="Drawn about the threshold.")
    random: float = Field(USUAL.random, ge=0, le=1, description="Drawn from all answers alike.")
    blind: float = Field(USUAL.blind, ge=0, le=1, description="Whose answer is hidden.")
    seed: int = Field(1, ge=0, le=MOST_SEED)
    format: Literal["csv", "xlsx"] = "csv"

    def design(self) -> DrawingDesign:
        """Return how the sample is drawn; a second coder labels none of it by this file."""
        return DrawingDesign(self.rows, self.near, self.random, self.blind, 0.0)


class TakingParameters(Request):
    """How a coder's file is taken in."""

    format: Literal["csv", "xlsx"] = "csv"
    replace: WrittenBoolean = Field(False, description="What the coder said otherwise before is given up.")
    settles: WrittenBoolean = Field(
        False, description="It settles what others contradict each other in; who labelled the same may not."
    )


class SheetParameters(Request):
    """In which format a sheet is wanted."""

    format: Literal["csv", "xlsx"] = "csv"
