from collections.abc import Sequence

POSTCODES_LEFT_OUT = "hold postcodes, which the addresses lack; name them in --columns behind the others"


def sheet_read(sheet: str, sheets: Sequence[str]) -> str:
    """Say which sheet of a workbook of several is read; nothing where there is no choice.

    >>> sheet_read("Data", ["Cover", "Data"]), sheet_read("Data", ["Data"])
    ('Data, of Cover, Data', '')
    """
    return f"{sheet}, of {', '.join(sheets)}" if len(sheets) > 1 else ""


def lines_about_input(
    layout: str,
    rows_above: int,
    address_columns: Sequence[str],
    unused_columns: Sequence[str],
    *,
    sheet: str = "",
    postcodes_left_out: Sequence[str] = (),
) -> list[str]:
    """Say for a person how a file is read: the sheet and the layout it is of, rows above its header, and its columns;
    nothing of what is not known.
    """
    lines = []
    if sheet:
        lines.append(f"  sheet: {sheet}")
    if layout:
        lines.append(f"  layout: {layout}")
    if rows_above:
        lines.append(f"  passed over: {rows_above} rows above the header")
    if address_columns:
        lines.append(f"  address of: {', '.join(address_columns)}")
    if unused_columns:
        lines.append(f"  not used: {', '.join(unused_columns)}")
    if postcodes_left_out:
        lines.append(f"  but {', '.join(postcodes_left_out)} {POSTCODES_LEFT_OUT}")
    return lines
