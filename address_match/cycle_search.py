"""When Python searches for cycles among its objects."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def without_search_for_cycles() -> Iterator[None]:
    """Keep Python from searching for cycles while much is made that stays or has none: a batch of answers, or what is
    opened.

    The search takes a fifteenth of a run, and a tenth of opening an index. It takes place behind each batch, so that no
    cycle outlives the next.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@contextmanager
def search_behind_batches() -> Iterator[Callable[[], None]]:
    """Keep Python from searching for cycles within batches of which much stays; what is given is called behind each, and
    searches what came to be in it.
    """
    with without_search_for_cycles():
        gc.freeze()
        try:
            yield search_the_new
        finally:
            gc.unfreeze()


def search_the_new() -> None:
    """Search for cycles among what came to be since the last call, and leave what stays of it out of later searches."""
    gc.collect()
    gc.freeze()


def search_once() -> None:
    """Search for cycles among all that there is, and leave what stays out of later searches, until this is called again.

    What a service has opened stays as long as it serves; to look through it takes a tenth of a second, in the middle of a batch.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
