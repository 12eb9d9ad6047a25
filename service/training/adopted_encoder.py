"""Adopts an encoder that was trained apart into a bundle."""

import shutil
from pathlib import Path

from address_match.models.bundle.parts import INERT_SUFFIXES, part_paths, refuse_unfit
from address_match.models.encoder.open_encoder import AnyEncoder, is_static, open_encoder


def adopt_encoder(source: Path, out: Path, *, device: str) -> AnyEncoder:
    """Copy an encoder's directory, of either family, to `out`, which must not exist, and open the copy.

    Files of formats that a bundle must not hold, pickled weights among them, stay behind; what links point to is
    copied. Raises `EncoderError` when the directory cannot be served without them, `BundleError` for weights with NaN.
    """
    is_static(source)  # refuses what is no encoder before anything is copied
    shutil.copytree(source, out, ignore=_not_inert)
    for part in part_paths(out):
        refuse_unfit(out, part)
    return open_encoder(out, device=device)


def _not_inert(folder: str, names: list[str]) -> list[str]:
    return [
        name for name in names if not Path(folder, name).is_dir() and Path(name).suffix not in INERT_SUFFIXES
    ]
