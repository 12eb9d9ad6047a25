"""Merge what the channels of an engine propose into pairs of a query and a text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Channel
from address_match.indexer.texts.distinct_numbers import is_first_of_run


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one channel proposes for one query."""

    channel: Channel
    query: int
    """Position in the batch."""
    texts: NDArray[np.int64]
    """By number, each once."""


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """Distinct pairs, ascending by query and then by text."""

    query: NDArray[np.int32]
    """Shape (pairs,)."""
    text: NDArray[np.int32]
    """Shape (pairs,): position in `distinct`."""
    channels: NDArray[np.uint8]
    """Shape (pairs,): the `Channel` flags that found the pair."""
    distinct: NDArray[np.int64]
    """The texts that were proposed, by number, ascending."""


def merge_channels(proposals: Sequence[Proposal]) -> CandidatePairs:
    """Merge what was proposed: no pair stands twice, each names all its channels."""
    sizes = [len(each.texts) for each in proposals]
    query = np.repeat(np.array([each.query for each in proposals], dtype=np.int64), sizes)
    flags = np.repeat(np.array([int(each.channel) for each in proposals], dtype=np.uint8), sizes)
    texts = np.concatenate([each.texts for each in proposals]) if proposals else np.empty(0, dtype=np.int64)
    key = query * (texts.max(initial=0) + 1) + texts
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(is_first_of_run(key))
    channels = np.bitwise_or.reduceat(flags[order], first) if len(key) else np.empty(0, dtype=np.uint8)
    pairs = order[first]
    distinct, text = np.unique(texts[pairs], return_inverse=True)
    return CandidatePairs(query[pairs].astype(np.int32), text.astype(np.int32), channels, distinct)
