"""What a method gave before, remembered by its object, which does not hold itself thereby.

A ``functools.lru_cache`` of a bound method, kept in the method's own object, is a cycle: the object would wait for a
full collection of garbage, and for ever if it was frozen. This one ends with the last reference to the object.
"""

import weakref
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Concatenate, ParamSpec, TypeVar, cast

Owner = TypeVar("Owner")
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def memoize(
    method: Callable[Concatenate[Owner, Arguments], Result], owner: Owner, most: int
) -> Callable[Arguments, Result]:
    """Bind a method of ``owner``'s class to it so that the results for ``most`` arguments are remembered."""
    bound = lru_cache(maxsize=most)(partial(method, weakref.proxy(owner)))
    return cast("Callable[Arguments, Result]", bound)
