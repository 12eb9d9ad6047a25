"""Addresses that the owner of a service chose to keep, encrypted, so that answers to them can be labelled."""
