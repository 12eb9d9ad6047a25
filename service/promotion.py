"""The pair that the service follows: named after it was opened once, and opened again where it is served."""

from dataclasses import replace
from pathlib import Path

from models.devices import CPU
from models.errors import BundleError, RegistryError
from models.registry import Pair, Registry
from service.matching.policy import DecisionPolicy
from service.wiring import OpenedPair, open_pair


def promote(registry: Registry, bundle: str | Path, index: Path) -> Pair:
    """Put a bundle and an index in force, once they have been opened together.

    Raises `IndexMismatchError` with the command to build the index anew when they do not belong together, and the other
    errors of `service.wiring.open_pair`; the pair before then stays in force.
    """
    directory = registry.directory(bundle)
    opened = open_pair(index, directory)
    opened.pipeline.close()
    pair = replace(opened.pair, bundle=registry.reference_to(directory))
    registry.promotions.promote(pair)
    return pair


def roll_back(registry: Registry) -> Pair:
    """Put the pair before in force, once it has been opened as it was promoted; raises as `promote` does."""
    _open(registry, registry.promotions.before()).pipeline.close()
    return registry.promotions.roll_back()


def open_promoted(
    registry: Registry, policy: DecisionPolicy | None = None, *, device: str = CPU
) -> OpenedPair:
    """Open the pair in force on a device; the caller closes it.

    Raises `RegistryError` when there is none, else as `promote` does.
    """
    pair = registry.promotions.in_force()
    if pair is None:
        raise RegistryError(
            f"no pair is promoted in {registry.folder}: name one, address-match model promote BUNDLE INDEX, "
            "or serve one index with --index DIR"
        )
    return _open(registry, pair, policy, device)


def _open(
    registry: Registry, pair: Pair, policy: DecisionPolicy | None = None, device: str = CPU
) -> OpenedPair:
    directory = registry.directory(pair.bundle)
    opened = open_pair(Path(pair.index), directory, device=device, policy=policy)
    if opened.pair.bundle_fingerprint != pair.bundle_fingerprint:
        opened.pipeline.close()
        raise BundleError(
            f"{directory} is another bundle ({opened.pair.bundle_fingerprint[:12]}…) than the one that was promoted "
            f"({pair.bundle_fingerprint[:12]}…): promote it again if it is meant, address-match model promote "
            f"{pair.bundle} {pair.index}"
        )
    return replace(opened, pair=replace(opened.pair, bundle=pair.bundle))
