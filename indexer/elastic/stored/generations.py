"""The indices of an alias: which is in force, which stood before it, which is still being built.

The indices of the alias `addresses` are `addresses-000001`, `addresses-000002` and so on. What an index says of itself
stands in its mapping, so it is there wherever the index is.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.stored.mapping import PLACE_FIELDS
from address_match.indexer.errors import EngineAccessError, EngineRefusedError, IndexUnusableError
from address_match.indexer.manifest import FORMAT_VERSION, READABLE_FORMATS, IndexManifest

APPLICATION = "address-match"
MAPPING_VERSION = 1
"""Changes with `address_match.indexer.elastic.stored.mapping` and `address_match.indexer.elastic.stored.records`; the columns of a
text have their own version.
"""
BUILDING = "building"
COMPLETE = "complete"
_ALIAS = re.compile(r"[a-z0-9][a-z0-9_-]{0,100}")


@dataclass(frozen=True, slots=True)
class Generation:
    """One index of an alias."""

    index: str
    alias: str
    state: str
    """`BUILDING` until all of it was verified, then `COMPLETE`."""
    work: str
    """Fingerprint of what it is built from: a build that was broken off is resumed by the same work only."""
    terms_a_text: float
    """Average number of distinct words."""
    manifest: IndexManifest
    next_row: int
    """By which the next text that is written will be known."""
    counted: int = 0
    """How often the statistics were stored: the pieces of one time never replace those of another."""
    has_places: bool = False
    """Whether it can be asked for what lies in a rectangle; one that was built before there was such a question cannot."""
    mapping_version: int = MAPPING_VERSION

    def as_meta(self) -> dict[str, Any]:
        """Return what the mapping of the index says."""
        return {"application": APPLICATION, **asdict(self)}


def rebuild_command(alias: str) -> str:
    """Return how to build the index of an alias anew."""
    return f"address-match es build REFERENCE --url URL --alias {alias}"


def check_alias(alias: str) -> str:
    """Return the name of an alias; raises EngineAccessError for what cannot be one."""
    if not _ALIAS.fullmatch(alias):
        raise EngineAccessError(
            f"{alias!r} cannot name an alias: give lower-case letters, digits, hyphens and underscores"
        )
    return alias


class Generations:
    """Reads and changes the indices of one alias."""

    def __init__(self, client: RetryingClient, alias: str) -> None:
        self.alias = check_alias(alias)
        self._client = client

    def names(self) -> list[str]:
        """Return the names of all indices of the alias, ours or not, oldest first."""
        pattern = re.compile(re.escape(self.alias) + r"-[0-9]{6}")
        return self._client.ask_for(
            lambda es: es.indices.get(index=f"{self.alias}-*", features="settings", flat_settings=True),
            lambda answer: sorted(name for name in answer if pattern.fullmatch(name)),
        )

    def all(self) -> list[Generation]:
        """Return every generation that this release can read, oldest first."""
        return [read for name in self.names() if (read := self._readable(name))]

    def next_name(self) -> str:
        """Name the index that comes after all there are."""
        numbers = [int(name[-6:]) for name in self.names()]
        return f"{self.alias}-{max(numbers, default=0) + 1:06d}"

    def name_in_force(self) -> str | None:
        """Return the index that the alias names, None where there is no alias; raises IndexUnusableError for two."""
        exists = self._client.ask(lambda es: bool(es.indices.exists_alias(name=self.alias)))
        if not exists:
            return None
        named = self._client.ask_for(
            lambda es: es.indices.get_alias(name=self.alias), lambda answer: sorted(dict(answer))
        )
        if len(named) > 1:
            raise IndexUnusableError(
                f"The alias {self.alias} names {len(named)} indices, {', '.join(named)}, so no answer would be whole. "
                "Take it off all but one of them (POST _aliases)"
            )
        return str(named[0]) if named else None

    def in_force(self) -> Generation:
        """Return the generation that the alias names; raises IndexUnusableError when there is none that can be read."""
        name = self.name_in_force()
        if name is None:
            if self._client.ask(lambda es: bool(es.indices.exists(index=self.alias))):
                raise IndexUnusableError(f"{self.alias} is an index, no alias; choose another alias")
            held = ", ".join(self.names()) or "none"
            raise IndexUnusableError(
                f"There is no alias {self.alias} (its indices: {held}). Build one: {rebuild_command(self.alias)}"
            )
        return self.read(name)

    def read(self, name: str) -> Generation:
        """Return what an index says of itself; raises IndexUnusableError when it is none of this release."""
        meta: dict[str, Any] = self._client.ask_for(
            lambda es: es.indices.get_mapping(index=name),
            lambda answer: dict(answer[name]["mappings"].get("_meta") or {}),
        )
        if meta.get("application") != APPLICATION:
            raise IndexUnusableError(f"The index {name} is none of address-match; choose another alias")
        versions = (meta.get("mapping_version"), dict(meta.get("manifest") or {}).get("format_version"))
        if versions[0] != MAPPING_VERSION or versions[1] not in READABLE_FORMATS:
            raise IndexUnusableError(
                f"The index {name} has mapping {versions[0]} and format {versions[1]}; this release reads mapping "
                f"{MAPPING_VERSION} and format {FORMAT_VERSION}. Build it anew: {rebuild_command(self.alias)}"
            )
        content = {name: value for name, value in meta.items() if name != "application"}
        try:
            return Generation(**{**content, "manifest": IndexManifest.of_content(content["manifest"])})
        except (TypeError, KeyError, AttributeError) as error:
            raise IndexUnusableError(
                f"What the index {name} says of itself is damaged: {error}. Build it anew: {rebuild_command(self.alias)}"
            ) from error

    def write(self, generation: Generation) -> None:
        """Store what an index says of itself."""
        meta = generation.as_meta()
        self._client.ask(lambda es: es.indices.put_mapping(index=generation.index, meta=meta))

    def add_place_fields(self, name: str) -> None:
        """Let an index take documents that say where they lie, also one that was created before they did."""
        self._client.ask(lambda es: es.indices.put_mapping(index=name, properties=PLACE_FIELDS))

    def put_in_force(self, name: str) -> None:
        """Make the alias name this index and no other, in one step."""
        current = self.name_in_force()
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        if current is not None and current != name:
            actions.append({"remove": {"index": current, "alias": self.alias, "must_exist": True}})
        self._client.ask(lambda es: es.indices.update_aliases(actions=actions))

    def roll_back(self) -> Generation:
        """Put the newest complete generation before the one in force in force again; raises EngineRefusedError where
        there is none, or none in force.
        """
        current = self.name_in_force()
        if current is None:
            raise EngineRefusedError(f"There is no alias {self.alias}, so nothing to go back from")
        earlier = [g for g in self.all() if g.state == COMPLETE and g.index < current]
        if not earlier:
            raise EngineRefusedError(
                f"{current} is the oldest complete index of {self.alias}; there is none to go back to"
            )
        self.put_in_force(earlier[-1].index)
        return earlier[-1]

    def drop(self, name: str) -> None:
        """Remove an index of the alias; raises EngineRefusedError for the one in force, and for others' indices."""
        if name not in self.names():
            raise EngineRefusedError(
                f"{name} is no index of {self.alias}; its indices are {', '.join(self.names()) or 'none'}"
            )
        if name == self.name_in_force():
            raise EngineRefusedError(f"{name} is in force; roll back or build another one first")
        self._client.ask(lambda es: es.indices.delete(index=name))

    def sweep(self, previous: str | None) -> None:
        """Remove all indices of the alias but the one in force, the one before it, and any that came later."""
        current = self.name_in_force()
        for name in self.names():
            if current is not None and name < current and name != previous:
                self._client.ask(lambda es, name=name: es.indices.delete(index=name))  # type: ignore[misc]

    def _readable(self, name: str) -> Generation | None:
        try:
            return self.read(name)
        except IndexUnusableError:
            return None
