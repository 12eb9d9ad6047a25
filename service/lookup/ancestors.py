"""The parents of premises up to the root, as the reference names them."""

from collections.abc import Iterable, Mapping

from address_match.indexer.retrieval import PremisesLookup
from address_match.service.lookup.premises_in_parts import premises_in_parts
from address_match.service.lookup.premises_texts import PremisesTexts

MOST_LEVELS = 10
"""Parents above a premises at most; nobody builds that high."""


def ancestors_of(premises: Iterable[PremisesTexts], reference: PremisesLookup) -> dict[str, tuple[str, ...]]:
    """Return for each premises the identifiers of its parents, the nearest first.

    A chain ends with a parent that is not held, which it still names, and before a premises that it has been at.
    """
    parents = {one.uprn: one.parent_uprn for one in premises}
    asked = list(parents)
    for _ in range(MOST_LEVELS):
        unknown = {parent for parent in parents.values() if parent} - parents.keys()
        if not unknown:
            break
        held = premises_in_parts(unknown, reference)
        parents |= {uprn: held[uprn].parent_uprn if uprn in held else "" for uprn in sorted(unknown)}
    return {uprn: _chain(uprn, parents) for uprn in asked}


def _chain(uprn: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    chain: list[str] = []
    at = parents[uprn]
    while at and at != uprn and at not in chain and len(chain) < MOST_LEVELS:
        chain.append(at)
        at = parents.get(at, "")
    return tuple(chain)
