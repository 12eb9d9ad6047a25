"""Bytes with some of them altered, left out, put in, or the rest cut off."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

TELLING = b'\x00\t\n\r",:[]{}\\\x1f\x8b\xc3\xe9\xed\xef\xfe\xff'
"""Bytes that mean something to one of the formats, or stand in broken UTF-8."""


@dataclass(frozen=True, slots=True)
class Blow:
    """One damage, at a share of the length so that it does not depend on it."""

    strike: Callable[[bytes, int], bytes]
    """Makes the damaged bytes from the whole ones and a position in them."""
    share: float
    """Where, 0 to 1."""

    def on(self, content: bytes) -> bytes:
        """Return the bytes with the damage."""
        return self.strike(content, min(int(self.share * len(content)), max(len(content) - 1, 0)))


def damages(most: int = 4) -> st.SearchStrategy[Callable[[bytes], bytes]]:
    """Give functions that damage some bytes in one to `most` places."""
    return st.lists(_blows(), min_size=1, max_size=most).map(_struck)


def _struck(blows: list[Blow]) -> Callable[[bytes], bytes]:
    def damage(content: bytes) -> bytes:
        for blow in blows:
            content = blow.on(content)
        return content

    return damage


def _blows() -> st.SearchStrategy[Blow]:
    some = st.binary(max_size=4) | st.lists(st.sampled_from(TELLING), min_size=1, max_size=4).map(bytes)
    strikes = st.one_of(
        some.map(lambda new: lambda old, at: old[:at] + new + old[at + len(new) :]),
        some.map(lambda new: lambda old, at: old[:at] + new + old[at:]),
        st.integers(1, 20).map(lambda length: lambda old, at: old[:at] + old[at + length :]),
        st.just(lambda old, at: old[:at]),
    )
    return st.builds(Blow, strikes, st.floats(0, 1))
