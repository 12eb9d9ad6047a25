from enum import Enum


class Touch(Enum):
    """Why a row of earlier answers is matched again, as `match_since` says it; of several reasons the first is told."""

    GONE = "gone"
    """The premises of its answer is gone, or stands under another identifier."""
    CHANGED = "changed"
    """The premises of its answer changed."""
    ALIKE_NEW = "alike_new"
    """A new premises has so much of what the address says that it may be meant."""
    ALIKE_CHANGED = "alike_changed"
    """So has one that changed, before or since."""
    ALIKE_GONE = "alike_gone"
    """So had one that is gone."""
    WORDS = "words"
    """The reference knows a word or a name of the address as another thing than before, so that it is read otherwise."""
    STREET = "street"
    """The street of its answer has so many premises more or less, or so other a name of its place, that this counts, or a
    premises beside it changed; or what the address names is a street or a building of its place now, or was.
    """
    BORDER = "border"
    """Its probability is so near to one at which it would be decided otherwise that counts over the whole reference may
    move it there.
    """
    KEPT = "kept"
    """None of this: the earlier answer stands."""
