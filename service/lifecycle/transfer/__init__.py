"""Bundles that are carried from one registry to another: signed where they leave, and checked where they come in."""
