"""What all shapes on the wire share."""

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

from annotated_types import Interval

Shape = TypeVar("Shape")
Probability = Annotated[float, Interval(ge=0, le=1)]

_CONFIGURATION = "__pydantic_config__"
"""Where pydantic looks for the configuration of a typed dict. Its own `with_config` sets just that, but files are matched and
parsed without pydantic, whose import takes ten times as long as the parse of an address.
"""


def described(example: Mapping[str, object] | None = None) -> Callable[[type[Shape]], type[Shape]]:
    """Describe each field of a typed dict at /docs by the docstring below it, and the whole by an example.

    A field that is inherited has no docstring below it, so that a shape is written out in full.
    """
    examples = {} if example is None else {"json_schema_extra": {"examples": [example]}}

    def describe(shape: type[Shape]) -> type[Shape]:
        setattr(shape, _CONFIGURATION, {"use_attribute_docstrings": True, **examples})
        return shape

    return describe
