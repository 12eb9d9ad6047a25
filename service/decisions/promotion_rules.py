"""What a registry asks of whoever promotes: lines in a file that the owner edits."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from address_match.service.errors import UsageError

PROMOTION_FILE = "promotion.toml"


@dataclass(frozen=True, slots=True)
class PromotionRules:
    """Nothing is asked unless the owner says so."""

    needs_decision: bool = False
    """Nothing is promoted without an approved decision."""
    own_accounts: bool = False
    """Two persons are two accounts of the machine as well as two names."""


def promotion_rules(folder: Path) -> PromotionRules:
    """Read what a registry asks for; raises UsageError for a file that says something else."""
    path = folder / PROMOTION_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return PromotionRules()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    known = [field.name for field in fields(PromotionRules)]
    for name, value in content.items():
        if name not in known or not isinstance(value, bool):
            raise UsageError(f"{path} says {name} = {value!r}; there are {', '.join(known)}, true or false")
    return PromotionRules(**content)
