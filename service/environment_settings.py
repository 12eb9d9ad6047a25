from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings

from address_match.service.errors import UsageError


class EnvironmentSettings(BaseSettings):
    """Read from the environment; raises UsageError, naming the variable, where that holds what cannot be."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            variable = f"{self.model_config.get('env_prefix', '')}{first['loc'][0]}".upper()
            raise UsageError(f"{variable} is {first['input']!r}: {first['msg']}") from error
