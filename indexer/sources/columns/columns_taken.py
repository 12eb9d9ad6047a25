"""What became of each column of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ColumnsTaken:
    """Which columns of a table give which field, and which give none, by their names in its header."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """In the order in which a field is made of them."""
    unused: Sequence[str] = ()
    layout: str = ""
    """The layout that the table is of; empty where none is known."""
    sheet: str = ""
    """The sheet that is read of a workbook of several; empty where there is no choice."""

    @classmethod
    def of_positions(
        cls, columns: Sequence[str], taken: Mapping[str, Sequence[int]], layout: str = ""
    ) -> "ColumnsTaken":
        """Return what is taken of the columns of a header, by their positions in it; columns without a name are left
        out.
        """
        used = {position for positions in taken.values() for position in positions}
        return cls(
            {
                name: [columns[position] for position in positions]
                for name, positions in taken.items()
                if positions
            },
            unused_columns(columns, used),
            layout,
        )


def unused_columns(columns: Sequence[str], used: set[int]) -> list[str]:
    """Return the columns of a header that are not at these positions and have a name."""
    return [column for position, column in enumerate(columns) if position not in used and column.strip()]
