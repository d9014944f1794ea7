"""Another value for a number of the product, for a while."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType

# What gives a number another value inside a ``with``.
Setter = Callable[[float], AbstractContextManager[None]]


@contextmanager
def vary(module: ModuleType, **values: object) -> Iterator[None]:
    """Give attributes of a module other values inside a ``with``.

    Afterwards, even if it raises, they are as before.
    Raises AttributeError for a name that the module has not. What other modules imported by name
    stays as it is.
    """
    before = {name: getattr(module, name) for name in values}
    try:
        for name, value in values.items():
            setattr(module, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def setter_of(module: ModuleType, name: str) -> Setter:
    """Give what sets one attribute of a module."""
    return lambda value: vary(module, **{name: value})
