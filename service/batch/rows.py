from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Some consecutive rows of the input."""

    columns: tuple[Sequence[object], ...]
    """The values of each input column, in the order of the file's columns."""
    texts: Sequence[str]
    """The address that each row asks for."""
    errors: Mapping[int, str] = field(default_factory=dict)
    """Rows of this batch that could not be read, and why; their text is not matched."""

    def __len__(self) -> int:
        return len(self.texts)
