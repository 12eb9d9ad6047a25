from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, NoDecode

from address_match.service.errors import UsageError


class EnvironmentSettings(BaseSettings):
    """Read from the environment; raises UsageError, naming the variable, where that holds what cannot be."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            variable = self.variable(str(first["loc"][0]))
            raise UsageError(f"{variable} is {first['input']!r}: {first['msg']}") from error

    @classmethod
    def variable(cls, field: str) -> str:
        """Return the name of the variable that a field is read from."""
        return f"{cls.model_config.get('env_prefix', '')}{field}".upper()


def _parted_by_commas(value: object) -> object:
    """Read names with commas between as several."""
    return (
        tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value
    )


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted_by_commas)]
"""Several names of a variable."""
