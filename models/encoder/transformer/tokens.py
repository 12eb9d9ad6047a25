"""Texts as the numbers that a transformer reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Texts of like length, padded to the longest."""

    ids: NDArray[np.int64]
    """Shape (texts, tokens)."""
    mask: NDArray[np.int64]
    """Shape (texts, tokens): 1 for a token, 0 for padding."""

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, end: int) -> "TokenBatch":
        """Return the texts from `start` to before `end`."""
        return TokenBatch(self.ids[start:end], self.mask[start:end])


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """A tokeniser of a model's directory; texts are cut after so many tokens."""

    tokenizer: "Tokenizer"
    """Cuts at the model's length and does not pad."""
    padding_id: int

    def read(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of each text, with those that begin and end it."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch_fast(list(texts))]

    def batches(
        self, tokens: Sequence[Sequence[int]], size: int
    ) -> Iterator[tuple[NDArray[np.int64], TokenBatch]]:
        """Yield batches of at most `size` texts with their places, the longest texts first: little is padded.

        The longest come first so that memory runs out at once or not at all.
        """
        lengths = np.fromiter((len(one) for one in tokens), np.int64, len(tokens))
        order = np.argsort(-lengths, kind="stable")
        for start in range(0, len(order), size):
            places = order[start : start + size]
            yield places, self._padded([tokens[place] for place in places], lengths[places])

    def _padded(self, tokens: Sequence[Sequence[int]], lengths: NDArray[np.int64]) -> TokenBatch:
        mask = np.arange(lengths.max(initial=0)) < lengths[:, None]
        ids = np.full(mask.shape, self.padding_id, np.int64)
        ids[mask] = np.concatenate([np.array(one, np.int64) for one in tokens])
        return TokenBatch(ids, mask.astype(np.int64))
