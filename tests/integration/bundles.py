"""Bundles that differ from the shipped one, made of its own parts."""

import shutil
from dataclasses import replace
from pathlib import Path

from safetensors.numpy import load_file, save_file

from address_match.models.bundle import BundleDescription, load_bundle, write_manifest


def of_another_encoder(folder: Path) -> Path:
    """Copy the shipped bundle with weights of twice the size, which give the same vectors."""
    description = _unsealed(folder)
    weights = folder / "encoder" / "model.safetensors"
    tensors = load_file(weights)
    tensors["scale"] *= 2
    save_file(tensors, weights)
    write_manifest(folder, replace(description, version="2"))
    return folder


def of_another_dimension(folder: Path) -> Path:
    """Copy the shipped bundle with vectors cut to 64 dimensions."""
    description = _unsealed(folder)
    weights = folder / "encoder" / "model.safetensors"
    tensors = load_file(weights)
    save_file({"levels": tensors["levels"][:, :64].copy(), "scale": tensors["scale"][:64].copy()}, weights)
    write_manifest(folder, replace(description, version="3"))
    return folder


def of_another_ranker(folder: Path, name: str = "other") -> Path:
    """Copy the shipped bundle with its ranker written in other bytes, which rank alike."""
    description = _unsealed(folder)
    with (folder / "ranker" / "ranker.json").open("a") as file:
        file.write("\n\n")
    write_manifest(folder, replace(description, name=name))
    return folder


def _unsealed(folder: Path) -> BundleDescription:
    shipped = load_bundle()
    shutil.copytree(shipped.path, folder, ignore=shutil.ignore_patterns("manifest.json"))
    return shipped.manifest.description
