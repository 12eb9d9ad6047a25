"""Where a record stands, as one number: the file in its upper, the line in its lower 32 bits."""

POSITION = "position"
"""Name of the column that says where a record stands."""
_LINE_BITS = 32


def position(file: int, line: int) -> int:
    """Return the position of a line, counted from 1, of a file, counted from 0."""
    return (file << _LINE_BITS) + line


def line_of(position: int) -> int:
    """Return the line of a position."""
    return position & ((1 << _LINE_BITS) - 1)


def file_of(position: int) -> int:
    """Return the number of the file of a position."""
    return position >> _LINE_BITS
