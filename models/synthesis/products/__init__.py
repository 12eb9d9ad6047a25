"""The synthetic country as mapping agencies deliver theirs: epochs of a product in its own files."""
