"""An attribute that is computed when it is first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class computed_once(Generic[Value]):  # noqa: N801 - stands where a property would
    """A `functools.cached_property` without the lock that Python takes until 3.12, which costs more than many a value
    that is kept so: two threads that ask at once may both compute it.
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type[object]) -> "computed_once[Value]": ...

    @overload
    def __get__(self, instance: object, owner: type[object]) -> Value: ...

    def __get__(self, instance: object | None, owner: type[object]) -> "Value | computed_once[Value]":
        """Return the value, which from now on stands in the instance itself; of a class, this description."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value
