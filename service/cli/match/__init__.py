"""The commands that match files: one run, or parts that are merged."""
