"""The transformer family as it serves, on GPUs or on a CPU."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from address_match.models.devices import AUTO, CPU, encoding_devices
from address_match.models.encoder.transformer.directory import TransformerDirectory
from address_match.models.encoder.transformer.embedder import Embedder, Precision, embed_within_memory
from address_match.models.encoder.transformer.tokens import TokenBatch, Tokeniser
from address_match.models.errors import EncoderError

CHUNK = 16_384
"""Texts that are sorted by length together: texts of like length fill a batch with few blanks."""
_PROBE = "1 A"
"""A text that is encoded when an encoder is opened, to see that its vectors are finite."""

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class TransformerEncoder:
    """Encodes texts by copies of one model, one a device; safe to share between threads, which take turns.

    A text without a letter or digit gets a row of zeros, as in the static family; a long one is cut at the model's
    length. Precision is not part of the fingerprint: vectors of one fingerprint agree as far as the gate of the
    export (`export.py`) demands, so an index that a GPU built is served by a CPU.
    """

    def __init__(
        self,
        tokeniser: Tokeniser,
        embedders: Sequence[Embedder],
        *,
        dimensions: int,
        fingerprint: str,
        chunk: int = CHUNK,
    ) -> None:
        """`embedders` has a copy of the model a device; `chunk` texts are sorted by length together."""
        self._tokeniser = tokeniser
        self._dimensions = dimensions
        self._fingerprint = fingerprint
        self._chunk = chunk
        self._copies = len(embedders)
        self._idle: SimpleQueue[Embedder] = SimpleQueue()
        self._batch_size = min(embedder.batch_size for embedder in embedders)
        for embedder in embedders:
            self._idle.put(embedder)

    @classmethod
    def load(
        cls,
        directory: Path,
        *,
        device: str = AUTO,
        dimensions: int | None = None,
        precision: Precision = Precision.AUTO,
    ) -> Self:
        """Load a model's directory; fewer dimensions cut its vectors (256, 128 and 64 were trained for that).

        Raises `EncoderError` when the directory cannot be served so.
        """
        source = TransformerDirectory.read(directory)
        wanted = source.dimensions if dimensions is None else dimensions
        if not 0 < wanted <= source.dimensions:
            raise EncoderError(
                f"{wanted} dimensions were asked for; the encoder of {directory} has 1 to {source.dimensions}."
            )
        suffix = "" if wanted == source.dimensions else f":{wanted}"
        encoder = cls(
            source.tokeniser(),
            _load_embedders(source, device, precision),
            dimensions=wanted,
            fingerprint=source.fingerprint() + suffix,
        )
        encoder.encode([_PROBE])
        return encoder

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    @property
    def fingerprint(self) -> str:
        """Names the weights, the tokeniser and, where they are cut, the dimensions."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions); a text without a letter or digit gives a row of zeros.

        Raises `EncoderError` when the model computes what is not a number, or has no room for a single text.
        """
        vectors = np.zeros((len(texts), self._dimensions), np.float32)
        written = np.array(
            [place for place, text in enumerate(texts) if _has_a_letter_or_digit(text)], np.int64
        )
        starts = range(0, len(written), self._chunk)
        chunks = [written[start : start + self._chunk] for start in starts]
        tokenise = partial(_tokens_of, self._tokeniser, texts)
        for chunk, tokens in zip(chunks, _one_ahead(tokenise, chunks), strict=True):
            vectors[chunk] = self._embedded(tokens)
        return vectors

    def _embedded(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        vectors = np.empty((len(tokens), self._dimensions), np.float32)
        places, batches = zip(*self._tokeniser.batches(tokens, self._batch_size), strict=True)
        for rows, embedded in zip(places, self._each_embedded(batches), strict=True):
            vectors[rows] = _to_unit_length(embedded[:, : self._dimensions])
        return vectors

    def _each_embedded(self, batches: Sequence[TokenBatch]) -> Iterator[NDArray[np.float32]]:
        if self._copies == 1 or len(batches) == 1:
            yield from map(self._embed, batches)
            return
        with ThreadPoolExecutor(self._copies) as threads:
            yield from threads.map(self._embed, batches)

    def _embed(self, batch: TokenBatch) -> NDArray[np.float32]:
        embedder = self._idle.get()
        try:
            return embed_within_memory(embedder, batch)
        finally:
            self._idle.put(embedder)


def _load_embedders(source: TransformerDirectory, device: str, precision: Precision) -> Sequence[Embedder]:
    """Load a copy onto each device that the name stands for; raises `EncoderError` when one cannot be served."""
    devices = encoding_devices(device)
    if devices == (CPU,) and _in_eight_bits(source, precision):
        from address_match.models.encoder.transformer.onnx_embedder import OnnxEmbedder

        return [OnnxEmbedder.load(source)]
    if precision is Precision.INT8:
        raise EncoderError(
            f"int8 is for a CPU, and {', '.join(devices)} was chosen: give --device cpu, or another precision."
        )
    from address_match.models.encoder.transformer.torch_embedder import TorchEmbedder

    return [TorchEmbedder.load(source, name, precision) for name in devices]


def _in_eight_bits(source: TransformerDirectory, precision: Precision) -> bool:
    """Return whether a CPU is to encode by the directory's export."""
    if precision is Precision.AUTO:
        return source.int8_path is not None and find_spec("onnxruntime") is not None
    return precision is Precision.INT8


def _one_ahead(function: Callable[[Argument], Result], arguments: Sequence[Argument]) -> Iterator[Result]:
    """Yield the results in order; a thread computes the next one while the caller works with this one."""
    if len(arguments) == 1:
        yield function(arguments[0])
        return
    with ThreadPoolExecutor(1) as thread:
        waiting = [thread.submit(function, argument) for argument in arguments[:1]]
        for following in range(1, len(arguments) + 1):
            result = waiting.pop().result()
            waiting += [thread.submit(function, one) for one in arguments[following : following + 1]]
            yield result


def _tokens_of(tokeniser: Tokeniser, texts: Sequence[str], chunk: NDArray[np.int64]) -> list[list[int]]:
    return tokeniser.read([texts[place] for place in chunk])


def _has_a_letter_or_digit(text: str) -> bool:
    return any(map(str.isalnum, text))


def _to_unit_length(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and lengths.all()):
        raise EncoderError(
            "the encoder computed vectors that are no numbers or have no length: its weights are damaged, or its "
            "numbers too short. Restore or retrain it, or encode with fp32."
        )
    unit: NDArray[np.float32] = vectors / lengths
    return unit
