"""Opens an encoder's directory, whichever family it is of."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from address_match.models.devices import AUTO, CPU, encoding_devices
from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.transformer.embedder import Precision
from address_match.models.errors import EncoderError

if TYPE_CHECKING:
    from address_match.models.encoder.transformer.encoder import TransformerEncoder

_log = logging.getLogger(__name__)

MODULES_FILE = "modules.json"
"""Written by sentence-transformers: the modules of a model, in their order."""
_STATIC_MODULE = "StaticAddressModule"

AnyEncoder: TypeAlias = "StaticEncoder | TransformerEncoder"


def open_encoder(
    directory: Path,
    *,
    device: str = AUTO,
    dimensions: int | None = None,
    precision: Precision = Precision.AUTO,
) -> AnyEncoder:
    """Open the encoder that lies in a directory, in the layout of sentence-transformers.

    `dimensions` cuts its vectors to their first ones: 128 and 64 were trained for that, and 256 for a transformer too.
    `device` and `precision` are those of a transformer; the static family is numpy on the CPU everywhere.
    Raises `EncoderError` when the directory cannot be served, `DeviceError` for an unknown device, and
    `MissingExtraError` when what a transformer needs is not installed.
    """
    devices = encoding_devices(device)
    if not is_static(directory):
        from address_match.models.encoder.transformer.encoder import TransformerEncoder

        return TransformerEncoder.load(directory, device=device, dimensions=dimensions, precision=precision)
    if device != AUTO and devices != (CPU,):
        _warn_of_the_cpu(directory, device)
    return StaticEncoder.load(directory, dimensions=dimensions)


def is_static(directory: Path) -> bool:
    """Return whether the modules that a directory names are those of the static family.

    Raises `EncoderError` when they cannot be read.
    """
    path = directory / MODULES_FILE
    try:
        modules: Any = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EncoderError(
            f"{path} is missing: {directory} holds no encoder, or half of one. Restore it or train it again."
        ) from error
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{path} cannot be read ({error}): restore the encoder or train it again."
        ) from error
    if not isinstance(modules, list) or not all(isinstance(module, dict) for module in modules):
        raise EncoderError(f"{path} is no list of modules: restore the encoder or train it again.")
    return any(str(module.get("type", "")).rpartition(".")[2] == _STATIC_MODULE for module in modules)


@cache
def _warn_of_the_cpu(directory: Path, device: str) -> None:
    """Warn once for each directory and device."""
    _log.warning("the encoder of %s is a static one, which encodes on the CPU, not on %s", directory, device)
