"""Reading the weights of a model, which a server does while it answers."""

import os

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.crf.weights import read_weights


def test_no_descriptor_is_closed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    # The second time it may be somebody else's: a connection of the server.
    close, closed_before = os.close, []

    def noting(descriptor: int) -> None:
        try:
            close(descriptor)
        except OSError:
            closed_before.append(descriptor)
            raise

    monkeypatch.setattr(os, "close", noting)
    read_weights(load_bundle().parser_path)
    assert closed_before == []
