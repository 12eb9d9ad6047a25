"""Notice a text that says one address twice, as a cell does that was made of lines and of the whole."""

_SHORTEST = 12
"""Characters of an address that is worth looking for its copy; NEW YORK, NEW YORK is shorter."""
_BETWEEN = frozenset(" ,;|/\t\n\r")
_LONGEST_GAP = 3


def end_of_first(text: str) -> int:
    """Return where the first of two copies ends that are all of a text, except for their case; 0 where there are none.

    >>> end_of_first("12 Elm Road, Leeds, 12 ELM ROAD, LEEDS"), end_of_first("12 Elm Road, Leeds")
    (18, 0)
    """
    if len(text) < 2 * _SHORTEST:
        return 0
    for gap in range(2 - len(text) % 2, _LONGEST_GAP + 1, 2):
        length = (len(text) - gap) // 2
        if text[0].upper() != text[-length].upper():
            continue
        if (
            _BETWEEN.issuperset(text[length : length + gap])
            and text[:length].upper() == text[-length:].upper()
        ):
            return length
    return 0
