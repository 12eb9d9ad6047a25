"""The static family: learned rows of hashed features, summed over a text."""

from models.encoder.static.encoder import StaticEncoder

__all__ = ["StaticEncoder"]
