from dataclasses import dataclass

from address_match.service.access.allowance import Allowances
from address_match.service.access.key_file import KeyFile
from address_match.service.access.keyring import Keyring
from address_match.service.access.last_use import LastUse
from address_match.service.access.people import People
from address_match.service.settings.access_settings import AccessSettings


@dataclass(frozen=True, slots=True)
class Guard:
    """What a service asks for, counts and notes at its door."""

    keyring: Keyring
    allowances: Allowances
    last_use: LastUse
    people: People | None = None
    """None where nobody signs in."""

    @classmethod
    def of(cls, access: AccessSettings, people: People | None = None) -> "Guard":
        """Read the keys that the settings name; raises RunFailedError where their file is damaged."""
        allowances = Allowances(rate=access.key_rate, at_once=access.key_at_once)
        return cls(Keyring(KeyFile(access.keys)), allowances, LastUse(access.keys), people)
