"""What is asked about the models over the wire, in a body or in the parameters of a URL."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from address_match.service.http.requests import Request
from address_match.service.http.url_values import WrittenInteger

BundleName = Annotated[str, Field(pattern=r"^@?[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["@champion"])]
"""Of the registry, or an alias; no folder."""
BundleInPath = Annotated[BundleName, Path()]


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
