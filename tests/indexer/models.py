"""A small reader and a small encoder, real but simple, for tests of the index."""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.manifest import BundleIdentity
from address_match.indexer.ports import BuildModels
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.tokens import Words, tokenise

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")


class CommaReader:
    """Reads addresses of the shape `FLAT 2, 12A HIGH STREET, ANYTOWN, AB1 2CD`."""

    fingerprint = "comma-1"

    def parse_fields(
        self,
        texts: Sequence[str],
        words: Sequence[Words] | None = None,  # noqa: ARG002 - it looks at the commas of the text
    ) -> list[ParsedFields]:
        return [self._reading(text.upper()) for text in texts]

    def _reading(self, text: str) -> ParsedFields:
        fields: dict[str, str | int] = {}
        for part in (piece.strip() for piece in text.split(",")):
            words = part.split()
            if not words:
                continue
            if words[0] == "FLAT" and len(words) == 2:
                fields["unit"], fields["unit_kind"] = words[1], "FLAT"
            elif len(words) == 2 and _POSTCODE.fullmatch(words[0]):
                fields["postcode"] = "".join(words)
            elif (number := re.fullmatch(r"([0-9]+)([A-Z]?)", words[0])) and len(words) > 1:
                fields["number"], fields["suffix"], fields["street"] = (
                    int(number[1]),
                    number[2],
                    " ".join(words[1:]),
                )
            elif "street" not in fields and len(words) > 1:
                fields["street"] = part
            else:
                fields["town"] = part
        return ParsedFields(**fields)  # type: ignore[arg-type]  # the values are made three lines above


class HashedTrigrams:
    """Bags of hashed trigrams and words, scaled to unit length."""

    dimensions = 256
    fingerprint = "hashed-trigrams-1"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for token in tokenise(text):
                padded = f"^{token.text}$"
                for feature in (padded, *(padded[i : i + 3] for i in range(len(padded) - 2))):
                    code = zlib.crc32(feature.encode("utf-8", "replace"))
                    vectors[row, code % self.dimensions] += 1.0 if code & 0x10000 else -1.0
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(norms == 0, 1, norms)).astype(np.float32)


BUNDLE = BundleIdentity("tiny", "1", "bundles/tiny", CommaReader.fingerprint, HashedTrigrams.fingerprint)
MODELS = BuildModels(CommaReader(), HashedTrigrams(), BUNDLE)


class LoadedByEach:
    """Models that each process loads for itself."""

    def load(self) -> BuildModels:
        return BuildModels(CommaReader(), HashedTrigrams(), BUNDLE)
