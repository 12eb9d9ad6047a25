STYLES: tuple[str, ...] = ("bradford", "cornwall", "derby", "leeds", "wigan")
"""The councils whose styles address-errors knows."""
RESERVED_STYLE = "cornwall"
"""Shown to no training: the measure of what is not known. It is the one that the package itself foretells worst."""
TRAINING_STYLES: tuple[str, ...] = tuple(style for style in STYLES if style != RESERVED_STYLE)
