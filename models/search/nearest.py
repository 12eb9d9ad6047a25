"""The best columns of a matrix of scores, in an order that is the same whatever else is asked.

A score and the row that it belongs to are packed into one whole number, the score above and the row, counted from the
end, below: the largest numbers are then the best scores, and of equal scores the one of the smallest row comes first.
"""

import torch

GROUP = 64
"""Neighbouring columns whose largest score stands for them all, so that a search reads each score once."""
NOTHING = -(1 << 63)
"""Stands for no row and lies below every key."""
_ROWS = (1 << 32) - 1
_BELOW_THE_SIGN = (1 << 31) - 1


def keys_of(scores: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Pack scores of any float type and their rows (int64, below 2**32 - 1) into keys of the same shape, int64."""
    # Adding zero makes one zero of the two that floats have.
    bits = (scores.float() + 0.0).view(torch.int32).to(torch.int64)
    ordered = torch.where(bits < 0, bits ^ _BELOW_THE_SIGN, bits)
    return (ordered << 32) | (_ROWS - rows)


def scores_of(keys: torch.Tensor) -> torch.Tensor:
    """Unpack the scores of keys, float32."""
    ordered = keys >> 32
    bits = torch.where(ordered < 0, ordered ^ _BELOW_THE_SIGN, ordered)
    return bits.to(torch.int32).view(torch.float32)


def rows_of(keys: torch.Tensor) -> torch.Tensor:
    """Unpack the rows of keys, int64; -1 for `NOTHING`."""
    return torch.where(keys == NOTHING, -1, _ROWS - (keys & _ROWS))


def best_keys(scores: torch.Tensor, count: int) -> torch.Tensor:
    """Return the keys of the best scores of each row, shape (queries, min(count, columns)), best first.

    `scores` has shape (queries, columns). The best `count` groups of columns hold the best `count` scores: a group that
    holds one of them is beaten only by groups that hold a better one.
    """
    columns = scores.shape[1]
    if columns <= count * GROUP:
        places = torch.arange(columns, device=scores.device).expand(scores.shape)
    else:
        places = _columns_of_best_groups(scores, count)
        scores = scores.gather(1, places.clamp(max=columns - 1))
        scores = scores.masked_fill(places >= columns, -torch.inf)
    return keys_of(scores, places).topk(min(count, columns), dim=1).values


def _columns_of_best_groups(scores: torch.Tensor, count: int) -> torch.Tensor:
    """Return the columns of the groups whose largest scores are best; those past the end belong to the last group."""
    queries, columns = scores.shape
    whole = columns // GROUP * GROUP
    largest = scores[:, :whole].unflatten(1, (-1, GROUP)).amax(dim=2)
    if whole < columns:
        largest = torch.cat([largest, scores[:, whole:].amax(dim=1, keepdim=True)], dim=1)
    places = torch.arange(largest.shape[1], device=scores.device).expand(largest.shape)
    groups = rows_of(keys_of(largest, places).topk(count, dim=1).values)
    inside = torch.arange(GROUP, device=scores.device)
    return (groups[:, :, None] * GROUP + inside).reshape(queries, count * GROUP)
