"""What comes over HTTP, written to a file as it comes."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import orjson

from address_match.service.jobs.errors import NoRoomError, lacks_room

NO_ROOM = "there is no room for the file now; try again when other jobs have ended"
_PIECE_BYTES = 1 << 23
"""What is gathered of an upload before it is written."""


async def write_upload(pieces: AsyncIterator[bytes], path: Path, refuse_size: Callable[[int], None]) -> int:
    """Write what comes to a file, its owner's alone, and return its size; `refuse_size` raises where what came so far
    is too much.
    """
    size = 0
    with await asyncio.to_thread(_made, path) as file:
        async for piece in _gathered(pieces):
            size += len(piece)
            refuse_size(size)
            await asyncio.to_thread(_append, file, piece)
    return size


async def rows_of(addresses: Sequence[str], ids: Sequence[str]) -> AsyncIterator[bytes]:
    """Write addresses, with their ids where there are any, as rows of NDJSON."""
    for number, address in enumerate(addresses):
        row = {"id": ids[number]} if ids else {}
        yield orjson.dumps({**row, "address": address}, option=orjson.OPT_APPEND_NEWLINE)


async def _gathered(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Join small pieces."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        if len(held) >= _PIECE_BYTES:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _made(path: Path) -> BinaryIO:
    """Make a file that is its owner's alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _append(file: BinaryIO, piece: bytes) -> None:
    """Write a piece so that it survives a power cut; raises NoRoomError where the disk, or what its user may have of
    it, is full.
    """
    try:
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        if lacks_room(error):
            raise NoRoomError(NO_ROOM) from error
        raise
