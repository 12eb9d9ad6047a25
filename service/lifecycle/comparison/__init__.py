"""Two deployments on the same addresses: what changes, for whom, and whether the second may be put into service."""
