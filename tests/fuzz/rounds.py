"""Rounds of a fuzzer: a short one that is the same each time, and a long one among the slow tests."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def rounds(short: int, long: int) -> pytest.MarkDecorator:
    """Give a test the number of its `tries`, a short round and a long one."""
    slow = pytest.param(long, marks=pytest.mark.slow)
    return pytest.mark.parametrize("tries", [short, slow], ids=["short", "long"])


def hold(tries: int, check: Callable[..., None], **drawn: st.SearchStrategy[object]) -> None:
    """Call a check with that many drawn arguments, the same ones each time; raises what it raises, of the simplest that
    fail.
    """
    settings(max_examples=tries, derandomize=True, database=None)(given(**drawn)(check))()
