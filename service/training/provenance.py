"""What a training ran on: with the same code, the same libraries and one thread the same parts come out."""

import platform
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import address_match
from address_match.models.bundle import SHIPPED_DIRECTORY

LIBRARIES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "python-crfsuite",
    "sklearn-crfsuite",
    "torch",
    "sentence-transformers",
    "safetensors",
    "tantivy",
    "faiss-cpu",
    "rapidfuzz",
)
_CODE_SUFFIXES = frozenset({".py", ".tsv", ".txt", ".jinja"})


def libraries() -> dict[str, str]:
    """Return the version of Python and of every library that a training goes through, by name."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a user's own encoder may need less
            continue
    return found


def code_version() -> str:
    """Return the release and the first digits of a hash over our code, word lists and templates:
    `0.1.0+src.0f3a9c11d2e4`.
    """
    digest = sha256()
    for package in ("indexer", "models", "parser", "service"):
        root = (Path(address_match.__file__).parent / package).resolve()
        for path in sorted(root.rglob("*")):
            if path.suffix not in _CODE_SUFFIXES or path.is_relative_to(SHIPPED_DIRECTORY):
                continue
            digest.update(f"{package}/{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return f"{version('address-match')}+src.{digest.hexdigest()[:12]}"
