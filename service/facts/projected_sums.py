"""Sums of what vectors of addresses look like: what a mean takes, and no address.

A vector is its address for whoever has the encoder and a list of all addresses. So none is kept, nor any projection of
one: only the sum over `STRETCH` addresses, one after the other, of 16 numbers each.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from address_match.service.facts.fact import FINGERPRINT_DIGITS, Fact
from address_match.service.matching.answer_listener import AnsweredBatch, Search

STRETCH = 250
"""Addresses that are summed; also the facts that the monitor takes together."""
NUMBERS = 16
"""Of a projected vector."""
_DIGITS = 2
_NOTHING = np.zeros(1)
_SEED = b"address-match projection 1"

Sums = NDArray[np.float64]


class ProjectedSums:
    """Sums the vectors of each channel as they come, in this process; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[tuple[str, str], tuple[int, Sums]] = {}

    def noted(self, channel: str, answered: Sequence[AnsweredBatch], facts: Sequence[Fact]) -> list[Fact]:
        """Return the facts of a call, each with the sum of the stretch that ends with it, if one does; `facts` begin with
        those of `answered`, in its order.
        """
        noted, start = list(facts), 0
        for each in answered:
            encoder = each.origin.encoder_fingerprint[:FINGERPRINT_DIGITS]
            if each.search is not None:
                for row, total in self._ended(channel, encoder, _vectors(each.search)).items():
                    sums = tuple(np.round(total, _DIGITS).tolist())
                    noted[start + row] = noted[start + row]._replace(encoder=encoder, projected=sums)
            start += len(each.answers)
        return noted

    def _ended(self, channel: str, encoder: str, vectors: NDArray[np.float32]) -> dict[int, Sums]:
        """Add vectors, and return the projected sums of the stretches that they fill by the row that does.

        A sum is projected where its stretch ends, which is the sum of what is projected: most calls are of one address,
        and end none.
        """
        key, ended, begins = (channel, encoder), dict[int, Sums](), 0
        with self._lock:
            count, total = self._open.get(key, (0, _NOTHING))
            for ends in range(STRETCH - count, len(vectors) + 1, STRETCH):
                ended[ends - 1] = _projected(total + _sum(vectors[begins:ends]))
                begins, count, total = ends, 0, _NOTHING
            self._open[key] = count + len(vectors) - begins, total + _sum(vectors[begins:])
        return ended


def projected(search: Search) -> Sums:
    """Return the vectors of a search, projected, shape (rows, NUMBERS)."""
    return _projected(_vectors(search))


def _vectors(search: Search) -> NDArray[np.float32]:
    found: NDArray[np.float32] = search.parsed.queries.vectors[np.asarray(search.rows, dtype=np.int64)]
    return found


def _sum(vectors: NDArray[np.float32]) -> Sums:
    found: Sums = np.add.reduce(vectors, axis=0, dtype=np.float64)
    return found


def _projected(vectors: NDArray[np.floating]) -> Sums:
    found: Sums = vectors @ _signs(vectors.shape[-1])
    return found


@cache
def _signs(dimensions: int) -> NDArray[np.float32]:
    """Return a projection of signs by chance (Achlioptas 2003), shape (dimensions, NUMBERS): the same on every machine
    and release.
    """
    drawn = hashlib.shake_256(_SEED).digest(dimensions * NUMBERS // 8)
    bits = np.unpackbits(np.frombuffer(drawn, dtype=np.uint8)).reshape(dimensions, NUMBERS)
    return 2 * bits.astype(np.float32) - 1
