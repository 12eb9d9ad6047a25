import doctest
import importlib
import pkgutil
from random import Random

import pytest

from address_match.models.synthesis import noise
from address_match.models.synthesis.noise.table import NOISE
from tests.models.synthesis.noise.factories import address, text

_MODULES = sorted(module.name for module in pkgutil.iter_modules(noise.__path__))


@pytest.mark.parametrize("name", _MODULES)
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    module = importlib.import_module(f"address_match.models.synthesis.noise.{name}")
    names = {"address": address, "text": text, "Random": Random}
    assert doctest.testmod(module, extraglobs=names).failed == 0


@pytest.mark.parametrize("name", NOISE)
def test_every_class_has_an_example(name: str) -> None:
    assert ">>> text(" in (NOISE[name].apply.__doc__ or "")
