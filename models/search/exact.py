"""Exact search for the nearest of many vectors, on a GPU for bulk and on a CPU as the truth of tests and benchmarks."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.errors import DeviceMemoryError
from address_match.models.search.plan import SearchPlan, Workload, plan_search
from address_match.models.training_extra import training_extra_for

with training_extra_for("Exact search needs torch", otherwise="search with --device cpu"):
    import torch

from address_match.models.search.memory import ran_out_of_memory, spare_bytes
from address_match.models.search.nearest import (
    GROUP,
    NOTHING,
    best_groups,
    best_keys,
    keys_of,
    rows_in,
    rows_of,
    scores_of,
)

_log = logging.getLogger(__name__)

Vectors = NDArray[np.int8] | NDArray[np.float32]

_LEVELS = 127.0
"""A unit vector of whole numbers is 127 long, as an index keeps it."""
_OVERSAMPLING = 4
"""Groups kept for each row that is wanted where products are rounded."""


@dataclass(frozen=True, slots=True)
class _Method:
    """How a kind of device searches."""

    score_type: torch.dtype
    widest: SearchPlan
    """Blocks beyond it are no quicker."""


_METHODS = {
    # Half precision is what the matrix units are made for; a score of 16,129 is rounded by 4 at most.
    "cuda": _Method(torch.float16, SearchPlan(queries=2_048, rows=524_288)),
    # Whole numbers up to 127 in 1,040 dimensions have exact sums in single precision.
    "cpu": _Method(torch.float32, SearchPlan(queries=256, rows=32_768)),
}


class ExactSearch:
    """Compares queries with every vector, block by block; a `VectorSearch` of the indexer.

    Vectors are unit vectors, either as they are or times 127 in whole numbers; then queries are rounded in the same
    way. The vectors are compared in groups of neighbours; those of the best groups are compared again, in single
    precision. On a CPU the answers are exact. On a GPU the first products are in half precision, and a row is lost only
    when `_OVERSAMPLING` times k groups lie within its rounding.
    """

    def __init__(
        self,
        vectors: Vectors,
        *,
        device: str = "cpu",
        spare: int | None = None,
        score_type: torch.dtype | None = None,
    ) -> None:
        """Take `vectors`, shape (rows, dimensions), to a device of torch, if they fit there beside a block.

        `spare` bytes may be taken, as many as are free unless it is given. `score_type` is that of the product, by
        default the one that suits the device.
        """
        self._device = torch.device(device)
        method = _METHODS[self._device.type]
        self._score_type = score_type or method.score_type
        self._widest = method.widest
        self._spare = spare
        self._rounded = vectors.dtype == np.int8
        self._vectors = vectors
        self._held = self._take_along() if self._device.type != "cpu" else None

    @property
    def resident(self) -> bool:
        """Return whether the device holds all vectors, so that none has to be sent for a search."""
        return self._held is not None

    def search(self, vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and rows of the nearest vectors, shape (queries, k), ties by row; -1 where fewer are held.

        A query of zeros has no neighbours. Raises `DeviceMemoryError` when the device cannot hold the smallest block;
        memory that runs out on the way halves the blocks, with a warning.
        """
        cosines = np.full((len(vectors), k), -1.0, dtype=np.float32)
        rows = np.full((len(vectors), k), -1, dtype=np.int64)
        queried = np.flatnonzero(self._as_held(vectors).any(axis=1))
        width = min(k, len(self._vectors))
        if not width or not len(queried):
            return cosines, rows
        plan = self._plan(k)
        done = 0
        while done < len(queried):
            part = queried[done : done + plan.queries]
            keys, plan = self._nearest_within(vectors[part], k, plan)
            found = queried[done : done + len(keys)]
            rows[found, :width] = rows_of(keys).cpu().numpy()
            cosines[found, :width] = scores_of(keys).cpu().numpy() / self._squared_length
            done += len(keys)
        return cosines, rows

    @property
    def _squared_length(self) -> np.float32:
        return np.float32(_LEVELS * _LEVELS if self._rounded else 1.0)

    def _as_held(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        if not self._rounded:
            return vectors
        rounded: NDArray[np.float32] = np.rint(np.clip(vectors * np.float32(_LEVELS), -_LEVELS, _LEVELS))
        return rounded

    def _plan(self, k: int) -> SearchPlan:
        return plan_search(self._work(k), self._widest, self._free(), str(self._device))

    def _work(self, k: int) -> Workload:
        return Workload(
            rows=len(self._vectors),
            dimensions=self._vectors.shape[1],
            vector_bytes=self._vectors.itemsize,
            score_bytes=self._score_type.itemsize,
            groups=k * (_OVERSAMPLING if self._score_type.itemsize < 4 else 1),
        )

    def _free(self) -> int:
        return spare_bytes(self._device) if self._spare is None else self._spare

    def _take_along(self) -> torch.Tensor | None:
        """Copy all vectors to the device when that leaves room for a block of middling size."""
        room = self._work(64).bytes_of(SearchPlan(self._widest.queries // 4, self._widest.rows // 4))
        if self._vectors.nbytes + room > self._free():
            return None
        held = torch.empty(self._vectors.shape, dtype=_type_of(self._vectors), device=self._device)
        for start in range(0, len(self._vectors), self._widest.rows):
            block = self._vectors[start : start + self._widest.rows]
            held[start : start + len(block)] = torch.from_numpy(np.array(block))
        return held

    def _nearest_within(
        self, vectors: NDArray[np.float32], k: int, plan: SearchPlan
    ) -> tuple[torch.Tensor, SearchPlan]:
        """Return the keys of as many of the queries as fit, and the plan that did fit."""
        while True:
            part = vectors[: plan.queries]
            try:
                with torch.inference_mode():
                    return self._nearest(part, k, plan), plan
            except (RuntimeError, MemoryError) as error:
                smaller = plan.halved()
                if not ran_out_of_memory(error):
                    raise
                if smaller is None:
                    raise DeviceMemoryError(
                        f"{self._device} ran out of memory comparing one text with {plan.rows:,} vectors. Free some of it, "
                        "or search on the CPU: --device cpu"
                    ) from error
            # Outside of the handler, whose traceback keeps the tensors alive.
            _log.warning(
                "%s ran out of memory: going on with %d queries and %d rows at once",
                *(self._device, smaller.queries, smaller.rows),
            )
            plan = smaller
            if self._device.type == "cuda":
                torch.cuda.empty_cache()

    def _nearest(self, vectors: NDArray[np.float32], k: int, plan: SearchPlan) -> torch.Tensor:
        """Return the keys of the k nearest rows, shape (queries, min(k, rows)), best first."""
        work = self._work(k)
        queries = torch.from_numpy(self._as_held(vectors)).to(self._device)
        groups = rows_of(self._best_groups(queries, work.groups, plan.rows))
        again = work.again(plan)
        found = [
            self._compared_again(queries[start : start + again], groups[start : start + again], k)
            for start in range(0, len(queries), again)
        ]
        return torch.cat(found)

    def _best_groups(self, queries: torch.Tensor, count: int, rows: int) -> torch.Tensor:
        """Return the keys of the groups of rows that may hold the nearest."""
        scored = queries.to(self._score_type)
        best = torch.empty((len(queries), 0), dtype=torch.int64, device=self._device)
        for start, block in self._blocks(rows):
            scores = scored @ block.to(self._score_type).T
            best = best_keys(torch.cat([best, best_groups(scores, start // GROUP, count)], dim=1), count)
        return best

    def _compared_again(self, queries: torch.Tensor, groups: torch.Tensor, k: int) -> torch.Tensor:
        """Return the keys of the k nearest rows among those of groups, by products in single precision."""
        rows = rows_in(groups, len(self._vectors))
        products = torch.bmm(self._take(rows.clamp(min=0)).float(), queries[:, :, None])[:, :, 0]
        keys = keys_of(products, rows).masked_fill(rows < 0, NOTHING)
        return best_keys(keys, min(k, len(self._vectors)))

    def _take(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the vectors of rows, shape (*rows, dimensions)."""
        if self._held is not None:
            return self._held[rows]
        return torch.from_numpy(self._vectors[rows.cpu().numpy()]).to(self._device)

    def _blocks(self, rows: int) -> Iterator[tuple[int, torch.Tensor]]:
        for start in range(0, len(self._vectors), rows):
            if self._held is not None:
                yield start, self._held[start : start + rows]
            else:
                # A copy, because torch will not share what may not be written to.
                yield start, torch.from_numpy(np.array(self._vectors[start : start + rows])).to(self._device)


def _type_of(vectors: Vectors) -> torch.dtype:
    return torch.int8 if vectors.dtype == np.int8 else torch.float32
