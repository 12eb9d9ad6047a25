"""What a person at the terminal sees: pages, progress, and how a command ended."""
