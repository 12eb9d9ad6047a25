from enum import StrEnum


class EncoderFamily(StrEnum):
    """What an encoder is made of."""

    STATIC = "static"
    TRANSFORMER = "transformer"
