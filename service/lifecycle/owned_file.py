"""Files of a registry that its owner edits."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from address_match.service.errors import UsageError


def said_in(path: Path) -> Mapping[str, Any] | None:
    """Return what a TOML file says, None where there is none; raises UsageError for one that cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
