"""Variables of the environment that are named like settings and are none."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from address_match.service.settings.all_settings import ALL_SETTINGS

_PREFIX = "ADDRESS_MATCH_"
_OTHERS = ("ADDRESS_MATCH_DEBUG", "ADDRESS_MATCH_TEST_", "ADDRESS_MATCH_REQUIRE_")
"""Beginnings of variables that are read elsewhere: by the command line, and by tests."""


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Say for each variable that is named like a setting and is none which one may be meant; no value is repeated."""
    known = frozenset(known_variables())
    named = (name for name in environment if name.startswith(_PREFIX) and not name.startswith(_OTHERS))
    return [f"{name} is no setting{_meant(name, known)}" for name in sorted(named) if name not in known]


def known_variables() -> list[str]:
    """Return the names of the variables of all settings."""
    return [of.variable(field) for of in ALL_SETTINGS for field in of.model_fields]


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, 1, 0.85)
    return f"; {near[0]} is" if near else ""
