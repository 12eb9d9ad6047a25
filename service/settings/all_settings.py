"""Every class of settings: what the page of the configuration describes, and what a variable of the environment may name."""

from address_match.service.settings.access_settings import AccessSettings, OidcSettings
from address_match.service.settings.environment_settings import EnvironmentSettings
from address_match.service.settings.facade_settings import AimsSettings, OsPlacesSettings
from address_match.service.settings.job_settings import JobSettings
from address_match.service.settings.lifecycle_settings import (
    FactSettings,
    LabelSettings,
    ModelSettings,
    MonitorSettings,
    RegistrySettings,
    TextSettings,
)
from address_match.service.settings.matching_settings import DecisionSettings, ElasticSettings
from address_match.service.settings.server_settings import (
    LogSettings,
    MapSettings,
    NetworkSettings,
    ServerSettings,
)

ALL_SETTINGS: tuple[type[EnvironmentSettings], ...] = (
    AccessSettings,
    OidcSettings,
    MapSettings,
    NetworkSettings,
    AimsSettings,
    OsPlacesSettings,
    ServerSettings,
    RegistrySettings,
    LabelSettings,
    ModelSettings,
    ElasticSettings,
    DecisionSettings,
    LogSettings,
    FactSettings,
    MonitorSettings,
    JobSettings,
    TextSettings,
)
"""In the order of the page."""
