"""What the rooms behind the routes of the models refuse, shown without the folders of the server."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from address_match.indexer.errors import EngineUnavailableError, IndexerError
from address_match.models.errors import ModelError
from address_match.service.errors import DecisionError, GateError, RunFailedError, UsageError
from address_match.service.http.errors import ActRefusedError
from address_match.service.lifecycle.model_places import ModelPlaces

Done = TypeVar("Done")
_TOLD = (UsageError, RunFailedError, ModelError, IndexerError)


async def in_thread(places: ModelPlaces, act: Callable[[], Done]) -> Done:
    """Do something that reads or writes files beside the event loop, and return what comes of it; raises as `told_without_folders`."""

    def told() -> Done:
        with told_without_folders(places):
            return act()

    return await asyncio.to_thread(told)


@contextmanager
def told_without_folders(places: ModelPlaces) -> Iterator[None]:
    """Raise what is refused within as `ActRefusedError`, `GateError` or `DecisionError`, whose messages name no folder of the server."""
    try:
        yield
    except EngineUnavailableError:
        raise
    except (GateError, DecisionError) as error:
        raise type(error)(without_folders(str(error), places)) from error
    except _TOLD as error:
        raise ActRefusedError(without_folders(str(error), places)) from error


def without_folders(text: str, places: ModelPlaces) -> str:
    """Return a text that names the places of a service by words in place of their folders."""
    folders = {
        "the registry": places.registry.folder,
        "the store of labels": places.labels.folder,
        "the store of facts": None if places.facts is None else places.facts.folder,
    }
    for words, folder in folders.items():
        text = text if folder is None else text.replace(str(folder), words)
    return text
