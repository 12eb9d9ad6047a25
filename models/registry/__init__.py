"""The registry: bundles by name and by alias, and which deployment of bundle and index is served."""

from address_match.models.registry.aliases import MARK, Aliases
from address_match.models.registry.deployment import Deployment
from address_match.models.registry.promotions import Event, Promotions
from address_match.models.registry.registry import Entry, Registry

__all__ = ["MARK", "Aliases", "Deployment", "Entry", "Event", "Promotions", "Registry"]
