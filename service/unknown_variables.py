from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from address_match.service.environment_settings import EnvironmentSettings

_PREFIX = "ADDRESS_MATCH_"
_OTHERS = ("ADDRESS_MATCH_DEBUG", "ADDRESS_MATCH_TEST_", "ADDRESS_MATCH_REQUIRE_")
"""Beginnings of variables that are read elsewhere: by the command line, and by tests."""


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Say of each variable that is named like a setting and is none which one may be meant; no value is repeated."""
    # Settings are known once their module is loaded.
    from address_match.service import http_settings, settings  # noqa: F401
    from address_match.service.lifecycle.kept_texts import text_settings  # noqa: F401

    known = frozenset(_variables(EnvironmentSettings))
    named = (name for name in environment if name.startswith(_PREFIX) and not name.startswith(_OTHERS))
    return [f"{name} is no setting{_meant(name, known)}" for name in sorted(named) if name not in known]


def _variables(of: type[EnvironmentSettings]) -> Iterator[str]:
    yield from map(of.variable, of.model_fields)
    for one in of.__subclasses__():
        yield from _variables(one)


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, 1, 0.85)
    return f"; {near[0]} is" if near else ""
