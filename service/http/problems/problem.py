from pydantic import BaseModel, Field


class Problem(BaseModel):
    """An error, as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[str] = Field(default_factory=list)
    request_id: str = Field("", description="By which the log speaks of the request.")
