"""The keys of an answer by their paths, as the table writes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.contracts.aims.tables import KeyRow

OURS = "addressMatch"
"""The object that our service adds."""
_FREE = "response.tokens", "bulkAddresses[].tokens"
"""Objects whose keys the table writes as a star."""


@dataclass(frozen=True, slots=True)
class SeenKey:
    """What of a key was seen, in all objects that have it."""

    types: frozenset[str]
    is_in_order: bool
    """Whether it stood behind all that stand before it in the table."""


def seen_keys(answer: Any, rows: Sequence[KeyRow]) -> dict[str, SeenKey]:
    """Return every key of an answer by its path; ours are not looked into."""
    order = {row.path: row.order for row in rows}
    types: dict[str, set[str]] = {}
    misplaced: set[str] = set()
    for path, kind, before in _walk(answer, ""):
        types.setdefault(path, set()).add(kind)
        if any(order.get(other, 0) > order.get(path, 0) for other in before):
            misplaced.add(path)
    return {path: SeenKey(frozenset(kinds), path not in misplaced) for path, kinds in types.items()}


def _walk(value: Any, path: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each key with the type of its value and the paths of the keys before it."""
    if isinstance(value, list):
        for item in value:
            if not isinstance(item, dict | list):
                yield f"{path}[]", _type(item), []
            yield from _walk(item, f"{path}[]")
    elif isinstance(value, dict):
        before: list[str] = []
        for key, item in value.items():
            place = f"{path}.{'*' if path in _FREE else key}".lstrip(".")
            yield place, _type(item), [] if path in _FREE else list(before)
            before.append(place)
            if key != OURS:
                yield from _walk(item, place)


def _type(value: Any) -> str:
    kinds = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (list, "array"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "object")
