"""A candidate that answers the same requests beside the bundle in service; what comes of it is kept as facts, and seen
by nobody else.
"""
