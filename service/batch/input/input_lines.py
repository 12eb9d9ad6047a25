from collections.abc import Sequence


def lines_about_input(
    layout: str, rows_above: int, address_columns: Sequence[str], unused_columns: Sequence[str]
) -> list[str]:
    """Say for a person how a file is read: the layout it is of, rows above its header, and its columns; nothing of what
    is not known.
    """
    lines = []
    if layout:
        lines.append(f"  layout: {layout}")
    if rows_above:
        lines.append(f"  passed over: {rows_above} rows above the header")
    if address_columns:
        lines.append(f"  address of: {', '.join(address_columns)}")
    if unused_columns:
        lines.append(f"  not used: {', '.join(unused_columns)}")
    return lines
