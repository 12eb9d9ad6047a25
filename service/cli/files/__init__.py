"""The files that a command reads and writes: how they are opened, and what a run on them will take."""
