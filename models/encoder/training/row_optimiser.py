"""Adagrad over the few rows of the table that a batch touches: the rest is neither read nor written."""

from address_match.models.errors import MissingTrainingExtraError

try:
    import torch
except ImportError as error:  # pragma: no cover - depends on what is installed
    raise MissingTrainingExtraError(
        "Training an encoder needs torch and sentence-transformers: pip install 'address-match[train]'"
    ) from error

_EPSILON = 1e-10


class RowAdagrad:
    """Scales each step by the root of the squared gradients that a weight has seen (Duchi et al., 2011)."""

    def __init__(self, table: torch.Tensor) -> None:
        self._table = table.detach()
        self.squares = torch.zeros_like(self._table)

    def borrow(self, rows: torch.Tensor) -> torch.Tensor:
        """Return a copy of some rows that collects a gradient."""
        return self._table[rows].requires_grad_()

    def give_back(self, rows: torch.Tensor, borrowed: torch.Tensor, learning_rate: float) -> None:
        """Move the rows against the gradient that the borrowed copy has collected."""
        gradient = borrowed.grad
        if gradient is None:
            return
        squares = self.squares[rows].addcmul_(gradient, gradient)
        self.squares[rows] = squares
        self._table[rows] = borrowed.detach().addcdiv_(
            gradient, squares.sqrt_().add_(_EPSILON), value=-learning_rate
        )
