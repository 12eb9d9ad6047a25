"""Matching of Spark's frames: `address_match.spark.match(frame, index)`."""

from address_match.service.frames.spark import match

__all__ = ["match"]
