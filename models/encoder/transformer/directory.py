"""A transformer as it lies on disk, in the layout of sentence-transformers."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from address_match.models.encoder.transformer.tokens import Tokeniser
from address_match.models.errors import EncoderError, MissingTransformerExtraError

WEIGHTS_FILE = "model.safetensors"
CONFIG_FILE = "config.json"
TOKENISER_FILE = "tokenizer.json"
TOKENISER_CONFIG_FILE = "tokenizer_config.json"
MODULES_FILE = "modules.json"
INT8_FILE = "onnx/model_int8.onnx"
"""Our export for CPUs; programs that do not know it pass it over."""
INT8_REPORT_FILE = "onnx/report.json"

SERVED_MODULES = (("Transformer", "Pooling"), ("Transformer", "Pooling", "Normalize"))
"""By the names of sentence-transformers; of others the length of the vectors is not known."""

_LONGEST = 512
"""Tokens of a text where the directory names no limit, or one beyond what such models take."""


@dataclass(frozen=True, slots=True)
class TransformerDirectory:
    """The files of a model that were found to be there and readable; the weights are read later."""

    path: Path
    dimensions: int
    """Length of its vectors."""
    longest: int
    """Tokens after which a text is cut."""
    padding_id: int
    takes_types: bool
    """Whether the model reads which sentence a token belongs to; addresses are one sentence."""

    @classmethod
    def read(cls, path: Path) -> "TransformerDirectory":
        """Read the configuration; raises `EncoderError` when a file is missing or cannot be read."""
        for name in (MODULES_FILE, CONFIG_FILE, TOKENISER_FILE, TOKENISER_CONFIG_FILE, WEIGHTS_FILE):
            if not (path / name).is_file():
                raise EncoderError(
                    f"{path / name} is missing: {path} is no transformer, or half of one. Restore it, or save the "
                    "model with sentence-transformers, with safetensors and a fast tokeniser."
                )
        _refuse_other_modules(path / MODULES_FILE)
        config = _json(path / CONFIG_FILE)
        limit = _json(path / TOKENISER_CONFIG_FILE).get("model_max_length")
        try:
            return cls(
                path,
                dimensions=int(config["hidden_size"]),
                longest=min(int(limit), _LONGEST) if isinstance(limit, int | float) else _LONGEST,
                padding_id=int(config.get("pad_token_id") or 0),
                takes_types=int(config.get("type_vocab_size") or 0) > 1,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise EncoderError(
                f"{path / CONFIG_FILE} lacks or mistakes a field ({error}): restore the encoder."
            ) from error

    @property
    def int8_path(self) -> Path | None:
        """The export for CPUs, where there is one."""
        path = self.path / INT8_FILE
        return path if path.is_file() else None

    def tokeniser(self) -> Tokeniser:
        """Load the tokeniser; raises `EncoderError` when its file is damaged."""
        try:
            from tokenizers import Tokenizer
        except ImportError as error:  # pragma: no cover - depends on what is installed
            raise MissingTransformerExtraError(
                "Encoding with a transformer needs tokenizers: pip install 'address-match[transformer]'"
            ) from error
        path = self.path / TOKENISER_FILE
        try:
            tokenizer = Tokenizer.from_file(str(path))
        # The library raises no narrower class for a file that it cannot read.
        except Exception as error:
            raise EncoderError(f"{path} is no tokeniser ({error}): restore the encoder.") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.longest)
        return Tokeniser(tokenizer, self.padding_id)

    def fingerprint(self) -> str:
        """Name the weights, the tokeniser and the modules."""
        digest = hashlib.sha256(b"transformer:1")
        for name in (
            MODULES_FILE,
            CONFIG_FILE,
            TOKENISER_FILE,
            "1_Pooling/config.json",
        ):
            path = self.path / name
            digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(str(self.longest).encode())
        digest.update(self.weights_sha256().encode())
        return digest.hexdigest()

    def weights_sha256(self) -> str:
        """Hash the file of the weights."""
        with (self.path / WEIGHTS_FILE).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_other_modules(path: Path) -> None:
    try:
        names = tuple(
            str(module["type"]).rpartition(".")[2] for module in json.loads(path.read_text("utf-8"))
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(f"{path} cannot be read ({error}): restore the encoder.") from error
    if names not in SERVED_MODULES:
        raise EncoderError(
            f"{path} names the modules {', '.join(names)}: served are {' or '.join(map(', '.join, SERVED_MODULES))}."
        )


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read ({error}): restore the encoder.") from error
    if not isinstance(content, dict):
        raise EncoderError(f"{path} holds no settings: restore the encoder.")
    return content
