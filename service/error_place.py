def place_of(error: BaseException) -> str:
    """Name the function and line that raised an error; its message may quote an address, its place does not."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "unknown place"
