"""What a registry asks of whoever promotes: lines in a file that the owner edits."""

from dataclasses import dataclass, fields
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.lifecycle.owned_file import said_in

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
    content = said_in(path)
    if content is None:
        return PromotionRules()
    known = [field.name for field in fields(PromotionRules)]
    for name, value in content.items():
        if name not in known or not isinstance(value, bool):
            raise UsageError(f"{path} says {name} = {value!r}; there are {', '.join(known)}, true or false")
    return PromotionRules(**content)
