"""How the synthetic country changes from one epoch of a product to the next."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b

from address_match.models.synthesis.premises import Premises

FIRST_EPOCH = date(2026, 1, 5)
WEEKS_BETWEEN = 6

_BUILT, _DEMOLISHED, _RENAMED, _NEW_TENANT = 0.02, 0.01, 0.01, 0.1
_STREET_RENAMED = 0.01
"""Shares of the premises, named buildings, organisations and streets that an event befalls once in all later epochs; new
names were given to as many before the first.
"""
_REMOVED = 0.3
"""Share of the demolished premises whose records are deleted; the others stay as historical ones."""
_NEW_NAMES = ("LARK", "SORREL", "HEATHER", "PLOVER", "ROWAN", "KESTREL")


@dataclass(frozen=True, slots=True)
class PremisesAtEpoch:
    """A premises as an epoch holds it."""

    premises: Premises
    """With the street, building and organisation of the epoch."""
    former_building: str
    """The name of its building up to an epoch; empty where it has none such."""
    changed: date
    """Day of the last event, which its records have for their last update."""
    ended: date | None
    """Day on which it became historical, None where it stands or was historical from the first."""


@dataclass(frozen=True, slots=True)
class Epochs:
    """Events by epoch, drawn from the identifiers of what they befall: the same in every walk."""

    seed: int
    count: int
    """Number of epochs, 1 for a country that does not change."""

    def day(self, epoch: int) -> date:
        """Return the day of an epoch, counted from 1."""
        return FIRST_EPOCH + timedelta(weeks=WEEKS_BETWEEN * (epoch - 1))

    def at(self, premises: Premises, epoch: int) -> PremisesAtEpoch | None:
        """Return a premises as it is at an epoch, None where it is not built yet or removed."""
        if not self.holds(premises.uprn, epoch):
            return None
        built, ended = self._built(premises.uprn), self._ended(premises.uprn)
        renamed = self._epoch_of_name("renamed", premises.uprn, _RENAMED if premises.building else 0.0)
        tenant = self._epoch_of_name("tenant", premises.uprn, _NEW_TENANT if premises.organisation else 0.0)
        street = self._street_renamed(premises)
        happened = [e for e in (built, ended, renamed, tenant, street) if 0 < e <= epoch]
        now = self.on_its_street(premises, epoch)
        if 0 < renamed <= epoch:
            now = replace(now, building=f"{self._word(premises.uprn)} {premises.building}")
        if 0 < tenant <= epoch:
            now = replace(now, organisation=f"{self._word(premises.uprn)} {premises.organisation}")
        return PremisesAtEpoch(
            premises=now,
            former_building=premises.building if 0 < renamed <= epoch else "",
            changed=self.day(max(happened, default=1)),
            ended=self.day(ended) if 0 < ended <= epoch else None,
        )

    def holds(self, uprn: str, epoch: int) -> bool:
        """Return whether a premises is built and not removed at an epoch."""
        ended = self._ended(uprn)
        removed = 0 < ended <= epoch and self._chance("removed", uprn) < _REMOVED
        return self._built(uprn) <= epoch and not removed

    def on_its_street(self, premises: Premises, epoch: int) -> Premises:
        """Return a premises with the name that its street has at an epoch."""
        if 0 < self._street_renamed(premises) <= epoch:
            return replace(premises, street=f"NEW {premises.street}")
        return premises

    def _street_renamed(self, premises: Premises) -> int:
        named = premises.street and not premises.dependent_street
        return self._epoch_of_name("street", street_key(premises), _STREET_RENAMED if named else 0.0)

    def _built(self, uprn: str) -> int:
        return self._epoch_of("built", uprn, _BUILT)

    def _ended(self, uprn: str) -> int:
        """Return the epoch in which a premises ends; what is built later stands to the last."""
        return 0 if self._built(uprn) else self._epoch_of("demolished", uprn, _DEMOLISHED)

    def _epoch_of(self, event: str, key: str, share: float) -> int:
        """Return the epoch of an event, 2 or later, and 0 where it does not happen."""
        if self.count == 1:
            return 0
        chance = self._chance(event, key)
        return 2 + int(chance / share * (self.count - 1)) if chance < share else 0

    def _epoch_of_name(self, event: str, key: str, share: float) -> int:
        """Return the epoch from which on something has its new name, 1 where it had it before, 0 where it keeps its own."""
        if self.count > 1 and share <= self._chance(event, key) < 2 * share:
            return 1
        return self._epoch_of(event, key, share)

    def _chance(self, event: str, key: str) -> float:
        digest = blake2b(f"{self.seed}|{event}|{key}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64

    def _word(self, key: str) -> str:
        return _NEW_NAMES[int(self._chance("word", key) * len(_NEW_NAMES))]


def street_key(premises: Premises) -> str:
    """Return what tells the street of a premises, or the place that stands for one, from all others."""
    place = f"{premises.locality}|{premises.town}|{premises.country}"
    return f"{premises.dependent_street}|{premises.street}|{place}"
