"""How far a build or an update has come, kept in the index that it changes, so that others know and can go on from
there.
"""

import os
import socket
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

import orjson

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.stored.mapping import CONTENT
from address_match.indexer.errors import BuildError, EngineRefusedError
from address_match.indexer.sources.table_batch import RowError

BUILD = "~build"
UPDATE = "~update"
_DEAD_AFTER = 90.0
"""Seconds without a sign of life, after which a build on another machine is taken for dead."""
_SECONDS_BETWEEN_LOOKS = 2.0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a build or an update."""

    written: int = 0
    """Texts, from the first on, that are in the index or were refused."""
    refused: tuple[RowError, ...] = ()
    machine: str = ""
    process: int = 0
    alive: float = 0.0
    """When the builder gave its last sign of life, seconds since 1970 by the clock of its machine."""
    claim: str = ""
    """Drawn by who claimed the work, so that it knows its own claim again."""

    def owned(self) -> "Checkpoint":
        """Return it as this process's."""
        return replace(self, machine=socket.gethostname(), process=os.getpid(), alive=time.time())

    def as_content(self) -> str:
        """Return it as a document holds it."""
        return b64encode(orjson.dumps(asdict(self))).decode("ascii")

    def refuse_living_owner(
        self,
        index: str,
        look: Callable[[], "Checkpoint | None"],
        *,
        seconds: float = _DEAD_AFTER,
        pause: float = _SECONDS_BETWEEN_LOOKS,
    ) -> None:
        """Raise BuildError while another process works on it; `look` reads it anew.

        An owner on another machine that seems dead is watched for `seconds`: its clock, or this one, may be wrong or
        have been set.
        """
        here = socket.gethostname()
        if not self.machine or (self.machine, self.process) == (here, os.getpid()):
            return
        lives = (
            _process_lives(self.process)
            if self.machine == here
            else 0.0 <= time.time() - self.alive < seconds or self._changes(look, seconds, pause)
        )
        if lives:
            raise self.refusal(index, seconds)

    def refusal(self, index: str, seconds: float = _DEAD_AFTER) -> BuildError:
        """Return the error for whoever would work on it meanwhile."""
        return BuildError(
            f"Another build or update writes to {index}: process {self.process} on {self.machine}. Wait for it, or end "
            f"it and try again after {seconds:.0f} s"
        )

    def _changes(self, look: Callable[[], "Checkpoint | None"], seconds: float, pause: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(pause)
            if look() != self:
                return True
        return False


def read_checkpoint(client: RetryingClient, index: str, work: str = BUILD) -> Checkpoint | None:
    """Read how far some work on an index has come; None where nothing was written down."""
    return _checkpoint_in(_document(client, index, work))


def claim_checkpoint(
    client: RetryingClient, index: str, seen: Checkpoint | None, work: str = BUILD
) -> Checkpoint:
    """Make some work on an index this process's, where it is still as it was `seen`, and return its checkpoint.

    Of several who have seen the same, one alone succeeds; raises BuildError for the others.
    """
    claimed = replace(seen or Checkpoint(), claim=uuid4().hex).owned()
    found = _document(client, index, work)
    held = _checkpoint_in(found)
    if held != seen:
        raise (held or claimed).refusal(index)
    unchanged: dict[str, Any] = (
        {"op_type": "create"}
        if found is None
        else {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
    )
    document = {CONTENT: claimed.as_content()}
    try:
        client.ask(lambda es: es.index(index=index, id=work, document=document, **unchanged))
    except EngineRefusedError as error:
        now = read_checkpoint(client, index, work)
        # Where the answer to a request is lost, it is sent again, and what refuses it is its own work.
        if now is None or now.claim != claimed.claim:
            raise (now or claimed).refusal(index) from error
    return claimed


def write_checkpoint(client: RetryingClient, index: str, checkpoint: Checkpoint, work: str = BUILD) -> None:
    """Write down how far some work on an index has come, and that this process does it."""
    content = checkpoint.owned().as_content()
    client.ask(lambda es: es.index(index=index, id=work, document={CONTENT: content}))


def remove_checkpoint(client: RetryingClient, index: str, work: str) -> None:
    """Write down that some work on an index is done."""
    client.ask(lambda es: es.options(ignore_status=404).delete(index=index, id=work))


def _document(client: RetryingClient, index: str, work: str) -> dict[str, Any] | None:
    """Return the document that holds a checkpoint, with its version; None where there is none."""
    found: dict[str, Any] = client.ask_for(
        lambda es: es.options(ignore_status=404).get(index=index, id=work), dict
    )
    return found if found.get("found") else None


def _checkpoint_in(found: dict[str, Any] | None) -> Checkpoint | None:
    if found is None:
        return None
    content: dict[str, Any] = orjson.loads(b64decode(found["_source"][CONTENT]))
    return Checkpoint(**{**content, "refused": tuple(RowError(**error) for error in content["refused"])})


def _process_lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
