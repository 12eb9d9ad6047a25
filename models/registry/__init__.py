"""The registry: bundles by name, and which pair of bundle and index is served."""

from models.registry.pair import Pair
from models.registry.promotions import Event, Promotions
from models.registry.registry import Entry, Registry

__all__ = ["Entry", "Event", "Pair", "Promotions", "Registry"]
