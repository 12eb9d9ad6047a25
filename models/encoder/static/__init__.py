"""The static family: learned rows of hashed features, summed over a text."""

from address_match.models.encoder.static.encoder import StaticEncoder

__all__ = ["StaticEncoder"]
