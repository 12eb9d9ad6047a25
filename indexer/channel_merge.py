"""Merging what the channels of an engine found into pairs of a query and a text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Channel

Found = tuple[Channel, int, NDArray[np.int64]]
"""A channel, the position of a query in its batch, and the texts that the channel proposes for it, by number."""


@dataclass(frozen=True, slots=True)
class MergedPairs:
    """Distinct pairs, ascending by query and then by text."""

    query: NDArray[np.int32]
    """Shape (pairs,)."""
    text: NDArray[np.int32]
    """Shape (pairs,): position in `distinct`."""
    channels: NDArray[np.uint8]
    """Shape (pairs,): the `Channel` flags that found the pair."""
    distinct: NDArray[np.int64]
    """The texts that were found, by number, ascending."""


def merge_channels(found: Sequence[Found]) -> MergedPairs:
    """Merge what was found: no pair stands twice, each remembers all its channels."""
    sizes = [len(texts) for _, _, texts in found]
    query = np.repeat(np.array([q for _, q, _ in found], dtype=np.int64), sizes)
    flags = np.repeat(np.array([int(channel) for channel, _, _ in found], dtype=np.uint8), sizes)
    texts = np.concatenate([t for _, _, t in found]) if found else np.empty(0, dtype=np.int64)
    key = query * (texts.max(initial=0) + 1) + texts
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    channels = np.bitwise_or.reduceat(flags[order], first) if len(key) else np.empty(0, dtype=np.uint8)
    pairs = order[first]
    distinct, text = np.unique(texts[pairs], return_inverse=True)
    return MergedPairs(query[pairs].astype(np.int32), text.astype(np.int32), channels, distinct)
