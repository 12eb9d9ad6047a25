"""The statistics of the reference, as the files of an embedded index, kept in documents of the index.

A file is cut into pieces; a piece is a document with nothing but its content, so no search finds it and it moves,
is copied and is dropped with its index.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.stored.generations import Generation
from address_match.indexer.elastic.stored.mapping import CONTENT
from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.storage.checksums import FileChecksum, altered_block, checksums_below

_PIECE_BYTES = 4_000_000


def store_files(
    client: RetryingClient, index: str, folder: Path, time: int, tell: Callable[[int, int], None]
) -> dict[str, FileChecksum]:
    """Store every file below a folder, for the `time`th time, and return their checksums, by their path within.

    `tell` is called after each piece with how many are stored, and how many there are.
    """
    checksums = checksums_below(folder)
    pieces = sum(map(_piece_count, checksums.values()))
    stored = 0
    for name in checksums:
        for number, piece in enumerate(_pieces((folder / name).read_bytes())):
            document = {CONTENT: b64encode(piece).decode("ascii")}
            _put(client, index, _name(name, time, number), document)
            stored += 1
            tell(stored, pieces)
    return checksums


def restore_files(client: RetryingClient, generation: Generation, folder: Path) -> None:
    """Write the files of an index below a folder; raises IndexUnusableError when one is not as it was stored."""
    for name in generation.manifest.files:
        restore_file(client, generation, name, folder)


def restore_file(client: RetryingClient, generation: Generation, name: str, folder: Path) -> None:
    """Write one file that is named in the manifest of an index; raises IndexUnusableError as `restore_files` does."""
    index, stored = generation.index, generation.manifest.files[name]
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        for number in range(_piece_count(stored)):
            target.write(_piece(client, index, _name(name, generation.counted, number)))
    if file.stat().st_size != stored.bytes:
        raise IndexUnusableError(
            f"The file {name} of index {index} has {file.stat().st_size:,} bytes of {stored.bytes:,}; build the index anew"
        )
    if altered_block(file, stored) is not None:
        raise IndexUnusableError(
            f"The file {name} of index {index} is not as it was stored; build the index anew"
        )


def remove_files(client: RetryingClient, generation: Generation) -> None:
    """Remove what was stored at an earlier time, once nobody opens it any more."""
    for name, stored in generation.manifest.files.items():
        for number in range(_piece_count(stored)):
            _delete(client, generation.index, _name(name, generation.counted, number))


def _put(client: RetryingClient, index: str, name: str, document: dict[str, str]) -> None:
    client.ask(lambda es: es.index(index=index, id=name, document=document))


def _piece(client: RetryingClient, index: str, name: str) -> bytes:
    document: Any = client.ask(lambda es: es.get(index=index, id=name))
    try:
        return b64decode(document["_source"][CONTENT], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise IndexUnusableError(
            f"The document {name} of index {index} is damaged; build the index anew"
        ) from error


def _delete(client: RetryingClient, index: str, name: str) -> None:
    client.ask(lambda es: es.options(ignore_status=404).delete(index=index, id=name))


def _name(file: str, time: int, piece: int) -> str:
    return f"~{file}~{time}~{piece}"


def _piece_count(file: FileChecksum) -> int:
    return -(-file.bytes // _PIECE_BYTES)


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE_BYTES):
        yield content[start : start + _PIECE_BYTES]
