"""Two bundles side by side: what they were made from, their parts, their figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from address_match.models.bundle.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of two bundles."""

    kind: str
    """description, part or metric."""
    name: str
    left: str
    """Empty where this bundle has no such fact."""
    right: str

    @property
    def same(self) -> bool:
        """Whether the fact is the same of both bundles."""
        return self.left == self.right


def compare(left: Bundle, right: Bundle) -> list[Line]:
    """Return the facts of two bundles: description, then parts by path, then metrics by name and data."""
    return [
        *_lines("description", _described(left), _described(right)),
        *_lines("part", _parts(left), _parts(right)),
        *_lines("metric", _metrics(left), _metrics(right)),
    ]


def differing_parts(left: Bundle, right: Bundle) -> list[str]:
    """Return the paths of the parts that one bundle lacks or has otherwise."""
    return [line.name for line in _lines("part", _parts(left), _parts(right)) if not line.same]


def _lines(kind: str, left: dict[str, str], right: dict[str, str]) -> Iterator[Line]:
    for name in dict.fromkeys((*left, *right)):
        yield Line(kind, name, left.get(name, ""), right.get(name, ""))


def _described(bundle: Bundle) -> dict[str, str]:
    description = bundle.manifest.description
    reference = description.reference
    return {
        "name": f"{description.name} {description.version}",
        "created": bundle.manifest.created,
        "code version": description.code_version,
        "reference": f"{reference.description}, {reference.size:,} premises",
        "reference sha256": reference.sha256,
        **{f"seed {name}": str(seed) for name, seed in description.seeds.items()},
        **dict(_flattened(description.hyper_parameters)),
        **description.libraries,
    }


def _parts(bundle: Bundle) -> dict[str, str]:
    return {part.path: part.sha256 for part in bundle.manifest.parts}


def _metrics(bundle: Bundle) -> dict[str, str]:
    return {f"{m.name}, {m.data}": m.shown() for m in bundle.manifest.description.metrics}


def _flattened(values: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the leaves of nested mappings under dotted names."""
    if not isinstance(values, dict):
        yield name, str(values)
        return
    for key, value in values.items():
        yield from _flattened(value, f"{name}.{key}" if name else key)
