"""How far a build has come, kept in the index that it fills, so that another process can go on from there."""

import os
import socket
import time
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson
from elasticsearch import Elasticsearch

from indexer.elastic.calling import Caller
from indexer.elastic.mapping import CONTENT
from indexer.errors import BuildError
from indexer.sources.batches import RowError

_NAME = "~build"
_DEAD_AFTER = 90.0
"""Seconds without a sign of life, after which a build on another machine is taken for dead."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a build."""

    written: int = 0
    """Texts, from the first on, that are in the index or were refused."""
    refused: tuple[RowError, ...] = ()
    machine: str = ""
    process: int = 0
    alive: float = 0.0
    """When the builder was last heard of, seconds since 1970."""

    def owned(self) -> "Checkpoint":
        """Return it as this process's."""
        return replace(self, machine=socket.gethostname(), process=os.getpid(), alive=time.time())

    def refuse_living_owner(self, index: str) -> None:
        """Raise BuildError while another process works on it."""
        silent_for = time.time() - self.alive
        if not self.machine or (self.machine, self.process) == (socket.gethostname(), os.getpid()):
            return
        lives = (
            _process_lives(self.process) if self.machine == socket.gethostname() else silent_for < _DEAD_AFTER
        )
        if lives:
            raise BuildError(
                f"Another build writes to {index}: process {self.process} on {self.machine}, heard of "
                f"{silent_for:.0f} s ago. Wait for it, or end it and try again"
            )


def read_checkpoint(client: Elasticsearch, caller: Caller, index: str) -> Checkpoint:
    """Read how far the build of an index has come; an empty one where nothing was written down."""
    found = caller.ask(lambda: client.options(ignore_status=404).get(index=index, id=_NAME))
    if not found.get("found"):
        return Checkpoint()
    content: dict[str, Any] = orjson.loads(b64decode(found["_source"][CONTENT]))
    return Checkpoint(**{**content, "refused": tuple(RowError(**error) for error in content["refused"])})


def write_checkpoint(client: Elasticsearch, caller: Caller, index: str, checkpoint: Checkpoint) -> None:
    """Write down how far the build of an index has come, and that this process works on it."""
    content = b64encode(orjson.dumps(asdict(checkpoint.owned()))).decode("ascii")
    caller.ask(lambda: client.index(index=index, id=_NAME, document={CONTENT: content}))


def _process_lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
