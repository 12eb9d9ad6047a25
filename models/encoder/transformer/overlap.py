from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


def one_ahead(function: Callable[[A], R], arguments: Sequence[A]) -> Iterator[R]:
    """Yield the results in order; the next one is computed in a thread while the caller works with this one."""
    if len(arguments) == 1:
        yield function(arguments[0])
        return
    with ThreadPoolExecutor(1) as thread:
        waiting = [thread.submit(function, argument) for argument in arguments[:1]]
        for following in range(1, len(arguments) + 1):
            result = waiting.pop().result()
            waiting += [thread.submit(function, one) for one in arguments[following : following + 1]]
            yield result
