"""Who put what into service, and why: an append-only log in the registry's folder, whose rows are chained by their
hashes.
"""
