"""The statistics of the reference, as the files of an embedded index, kept in documents of the index.

A file is cut into pieces; a piece is a document with nothing but its content, so no search finds it and it moves,
is copied and is dropped with its index.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from address_match.indexer.elastic.generations import Generation
from address_match.indexer.elastic.mapping import CONTENT
from address_match.indexer.elastic.retrying_client import RetryingClient
from address_match.indexer.errors import IndexUnusableError

_PIECE_BYTES = 4_000_000


def store_files(client: RetryingClient, index: str, folder: Path, time: int) -> dict[str, int]:
    """Store every file below a folder, for the `time`th time, and return their sizes, by their path within."""
    sizes: dict[str, int] = {}
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        name = file.relative_to(folder).as_posix()
        content = file.read_bytes()
        for number, piece in enumerate(_pieces(content)):
            document = {CONTENT: b64encode(piece).decode("ascii")}
            _put(client, index, _name(name, time, number), document)
        sizes[name] = len(content)
    return sizes


def restore_files(client: RetryingClient, generation: Generation, folder: Path) -> None:
    """Write the files of an index below a folder; raises IndexUnusableError when one is not complete."""
    index, sizes = generation.index, generation.manifest.files
    for name, size in sizes.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as target:
            for number in range(-(-size // _PIECE_BYTES)):
                document = _get(client, index, _name(name, generation.counted, number))
                target.write(b64decode(document[CONTENT]))
        if file.stat().st_size != size:
            raise IndexUnusableError(
                f"The file {name} of index {index} has {file.stat().st_size:,} bytes of {size:,}; build the index anew"
            )


def remove_files(client: RetryingClient, generation: Generation) -> None:
    """Remove what was stored at an earlier time, once nobody opens it any more."""
    for name, size in generation.manifest.files.items():
        for number in range(-(-size // _PIECE_BYTES)):
            _delete(client, generation.index, _name(name, generation.counted, number))


def _put(client: RetryingClient, index: str, name: str, document: dict[str, str]) -> None:
    client.ask(lambda es: es.index(index=index, id=name, document=document))


def _get(client: RetryingClient, index: str, name: str) -> Any:
    return client.ask(lambda es: es.get(index=index, id=name))["_source"]


def _delete(client: RetryingClient, index: str, name: str) -> None:
    client.ask(lambda es: es.options(ignore_status=404).delete(index=index, id=name))


def _name(file: str, time: int, piece: int) -> str:
    return f"~{file}~{time}~{piece}"


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE_BYTES):
        yield content[start : start + _PIECE_BYTES]
