"""What an index asks of the models: vectors of texts, their nearest neighbours, and parsed fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeGuard

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.manifest import BundleIdentity
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.tokens import Words


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their cosine."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Names the weights and the rules; two encoders with one fingerprint give the same vectors,
        except for the precision of the numbers that a device computes with.
        """
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions); a text without features gives a row of zeros."""
        ...


class EncoderOfWords(Encoder, Protocol):
    """An encoder that reads the words of the parser; which spares it splitting the texts again."""

    def encode_words(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return what `encode` does, of texts given by their words as `address_match.parser.tokens.words_of` splits
        them.
        """
        ...


class VectorSearch(Protocol):
    """Finds the nearest rows of a fixed set of vectors; the answer for one does not depend on the others of its batch."""

    def search(self, vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and rows, both of shape (vectors, k), best first, ties by row.

        Row and cosine are -1 where fewer than k were found, as for a vector of zeros.
        """
        ...


def reads_words(encoder: Encoder) -> TypeGuard[EncoderOfWords]:
    """Return whether an encoder takes words; `isinstance` of a protocol makes a hundred calls to find out."""
    return hasattr(encoder, "encode_words")


SearchOver = Callable[[NDArray[np.int8]], VectorSearch]
"""Makes a search over the vectors of an index: unit vectors times 127, rounded, shape (texts, dimensions)."""


class FieldParser(Protocol):
    """Parses texts of a reference field by field."""

    @property
    def fingerprint(self) -> str:
        """Names the weights and the rules; two parsers with one fingerprint give the same fields."""
        ...

    def parse_fields(
        self, texts: Sequence[str], words: Sequence[Words] | None = None
    ) -> Sequence[ParsedFields]:
        """Return the parsed fields of each text, in order; a text that says nothing gives empty ones.

        `words` are those of the texts as `words_of` splits them, where they are known.
        """
        ...


@dataclass(frozen=True, slots=True)
class BuildModels:
    """The models with which an index is built, and the bundle that they are of."""

    parser: FieldParser
    encoder: Encoder
    bundle: BundleIdentity

    def load(self) -> "BuildModels":
        """Return these: models that are loaded are a `ModelSource` too, of a build in one process."""
        return self


class ModelSource(Protocol):
    """Where the models of a build come from. It travels pickled to each of its worker processes, which loads its own."""

    def load(self) -> BuildModels:
        """Load the models; the same at each call."""
        ...
