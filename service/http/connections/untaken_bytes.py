"""How much of an answer its client has not taken."""

import asyncio
import struct


def untaken_bytes(transport: asyncio.Transport) -> int:
    """Return how many bytes were written to a connection that its other end has not taken, by the loop and by the system together.

    The system takes more from the loop when a third of what it may hold is free, some megabytes: the loop alone would see nothing for a
    minute of a client that reads slowly.
    """
    connection = transport.get_extra_info("socket")
    return transport.get_write_buffer_size() + _queued(connection.fileno())


def _queued(descriptor: int) -> int:
    """Return how many bytes the system holds for a connection that the other end has not acknowledged."""
    try:
        from fcntl import ioctl
        from termios import TIOCOUTQ
    except ImportError:  # on Windows, which does not tell
        return 0
    try:
        found: int = struct.unpack("i", ioctl(descriptor, TIOCOUTQ, bytes(4)))[0]
    except OSError:  # closed meanwhile
        return 0
    return found
