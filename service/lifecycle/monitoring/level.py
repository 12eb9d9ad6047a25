from enum import IntEnum


class Level(IntEnum):
    """What is to be done about a channel, the gravest last."""

    QUIET = 0
    """Nothing: the answers are as usual."""
    NOTICE = 1
    """Look at it: the last window differs, the last two are slow, or there is nothing to compare it with."""
    WARN = 2
    """Find out why: fewer are accepted or expected to be right, or two windows differ one after the other in the same."""
    ACT = 3
    """Decide: in two windows one after the other fewer are expected to be right than the owner wants."""

    @property
    def word(self) -> str:
        """Its name as it is written."""
        return self.name.lower()
