"""Whether a registry asks for decisions: a line in a file that the owner edits."""

import tomllib
from pathlib import Path

from address_match.service.errors import UsageError

PROMOTION_FILE = "promotion.toml"
_NAME = "needs_decision"


def needs_decision(folder: Path) -> bool:
    """Return whether promotions of a registry need an approved decision; raises UsageError for a file that says something else."""
    path = folder / PROMOTION_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    if set(content) - {_NAME} or not isinstance(content.get(_NAME, False), bool):
        raise UsageError(f"{path} says something else than {_NAME} = true or false")
    return bool(content.get(_NAME, False))
