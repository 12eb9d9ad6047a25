"""What every request under /v1 keeps to, in a body or in the parameters of a URL: known keys, and texts that can be written."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def _well_formed(text: str) -> str:
    """Replace lone surrogates, which JSON can spell and no encoding can write."""
    return _LONE_SURROGATES.sub("\ufffd", text)


AddressText = Annotated[str, AfterValidator(_well_formed)]


class Request(BaseModel):
    """A body, or the parameters of a URL, of which every key is known.

    The first wrong key or item is reported: a body of four megabytes can hold two million, and each costs a kilobyte to report.
    """

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_keys(cls, body: Any) -> Any:
        keys = body if isinstance(body, dict) else ()
        # The key is not repeated: an address that is not encoded well stands partly in keys.
        if any(key not in cls.model_fields for key in keys):
            known = ", ".join(cls.model_fields)
            raise PydanticCustomError("unknown_key", "a name is not one of {known}", {"known": known})
        return body
