"""The best columns of a matrix of scores, in an order that does not depend on the other queries.

A score and the row that it belongs to are packed into one whole number, the score above and the row, counted from the
end, below: the largest numbers are then the best scores, and of equal scores the one of the smallest row comes first.
"""

import torch

GROUP = 32
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
    """Unpack the scores of keys, float32, in the same shape."""
    ordered = keys >> 32
    bits = torch.where(ordered < 0, ordered ^ _BELOW_THE_SIGN, ordered)
    return bits.to(torch.int32).view(torch.float32)


def rows_of(keys: torch.Tensor) -> torch.Tensor:
    """Unpack the rows of keys, int64, in the same shape; -1 for `NOTHING`."""
    return torch.where(keys == NOTHING, -1, _ROWS - (keys & _ROWS))


def best_groups(scores: torch.Tensor, first_group: int, count: int) -> torch.Tensor:
    """Return the keys of the groups with the largest scores, shape (queries, min(count, groups)), best first.

    `scores` has shape (queries, columns), of which each `GROUP` make a group, numbered from `first_group`. The best
    `count` groups hold the best `count` scores: a group that holds one of them is beaten only by groups that hold a
    better one.
    """
    whole = scores.shape[1] // GROUP * GROUP
    largest = scores[:, :whole].unflatten(1, (-1, GROUP)).amax(dim=2)
    if whole < scores.shape[1]:
        largest = torch.cat([largest, scores[:, whole:].amax(dim=1, keepdim=True)], dim=1)
    groups = torch.arange(first_group, first_group + largest.shape[1], device=scores.device)
    return best_keys(keys_of(largest, groups.expand(largest.shape)), count)


def rows_in(groups: torch.Tensor, rows: int) -> torch.Tensor:
    """Return the rows of groups, shape (queries, groups * GROUP), of `rows` in all; -1 past the last row and for -1."""
    inside = torch.arange(GROUP, device=groups.device)
    found = (groups[:, :, None] * GROUP + inside).flatten(1)
    return torch.where((found < 0) | (found >= rows), -1, found)


def best_keys(keys: torch.Tensor, count: int) -> torch.Tensor:
    """Return the largest keys of each query, shape (queries, min(count, columns)), largest first."""
    return keys.topk(min(count, keys.shape[1]), dim=1).values
