"""Which learner sees which streets: no street that one learned from is seen by another."""

from zlib import crc32

from address_match.models.synthesis.premises import Premises

SPLITS = 10
ENCODER_SPLITS = frozenset({0, 1, 2, 3})
RANKER_SPLITS = frozenset({4, 5})
CALIBRATION_SPLITS = frozenset({6, 7})
EVALUATION_SPLITS = frozenset({8, 9})


def street_split(premises: Premises) -> int:
    """Return the split, 0 to 9, of the street on which a premises stands; where it has none, of its building.

    The same street of the same post town has the same split in every run and on every machine.
    """
    return crc32(street_key(premises).encode()) % SPLITS


def street_key(premises: Premises) -> str:
    """Return what tells the street of a premises, or what stands for one, from all others."""
    place = premises.street or premises.building or premises.organisation or premises.locality
    return f"{place}|{premises.dependent_street}|{premises.town}"
