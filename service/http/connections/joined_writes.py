import asyncio
from collections.abc import Callable
from typing import Any


def _never() -> bool:
    return False


class JoinedWrites(asyncio.Transport):
    """A transport that sends the head of an answer together with what follows at once: each part by itself is a call of the system,
    and wakes the client up for nothing.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        lingers: Callable[[], bool] = _never,
    ) -> None:
        """Write to a transport from within a loop. Where `lingers` says so, it is not closed when it is asked to be; who says so closes
        it later.
        """
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._lingers = lingers
        self._is_closing = False
        self._held = b""
        self._sending: asyncio.Handle | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Hold the first part until another one comes, or the loop has gone round."""
        if self._sending is None:
            self._held = bytes(data)
            self._sending = self._loop.call_soon(self.send_held)
        else:
            self._held += data
            self.send_held()

    def write_at_once(self, data: bytes) -> None:
        """Send what is held and this, now."""
        self.send_held()
        self._transport.write(data)

    def send_held(self) -> None:
        """Send what is held, now."""
        if self._sending is None:
            return
        self._sending.cancel()
        self._sending, held, self._held = None, self._held, b""
        self._transport.write(held)

    def write_eof(self) -> None:
        """Say that nothing more is sent."""
        self.send_held()
        self._transport.write_eof()

    def close(self) -> None:
        """Close the connection once all is sent, unless it lingers."""
        self.send_held()
        self._is_closing = True
        if not self._lingers():
            self._transport.close()

    def abort(self) -> None:
        """Close the connection at once."""
        self._transport.abort()

    def get_write_buffer_size(self) -> int:
        """Return how many bytes were written that the system has not taken yet."""
        return self._transport.get_write_buffer_size()

    def is_closing(self) -> bool:
        """Return whether it is closed, or about to be."""
        return self._is_closing or self._transport.is_closing()

    def can_write_eof(self) -> bool:
        """Return whether one can say that nothing more is sent."""
        return self._transport.can_write_eof()

    def pause_reading(self) -> None:
        """Read no more."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what is known of the connection."""
        return self._transport.get_extra_info(name, default)
