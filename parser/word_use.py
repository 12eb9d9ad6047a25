from enum import StrEnum


class WordUse(StrEnum):
    """What becomes of a word of an address: it is understood, passed over for a reason, or not understood."""

    UNDERSTOOD = "understood"
    """It names the premises, its street or its place, or says where that is."""
    PERSON = "person"
    """Passed over: somebody who is there, and the words before a name."""
    BUSINESS = "business"
    """Passed over where the premises is found without it: an organisation or a department."""
    PLACE = "place"
    """Passed over: how to get there, another place than the premises."""
    COUNTRY = "country"
    """Passed over."""
    NOISE = "noise"
    """Passed over: what only joins words, what files and forms left behind."""
    UNKNOWN = "unknown"
    """Not understood; what it means may tell the premises from another."""
