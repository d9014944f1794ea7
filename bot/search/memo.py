"""Results of a method that an object remembers without holding itself.

In: a method and its object. Out: the bound method, which computes each result once while it is
among the last that were used.

A ``functools.lru_cache`` of a bound method, kept in the method's own object, is a reference cycle:
the object would wait for a full garbage collection, and for ever if it was frozen. This one ends
with the last reference to the object.
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
    """Bind a method of ``owner``'s class to it, with a cache for ``most`` different arguments."""
    bound = partial(method, weakref.proxy(owner))
    cached = lru_cache(maxsize=most)(bound)
    return cast("Callable[Arguments, Result]", cached)
