"""The program: all its commands in one list, and how it is begun."""
