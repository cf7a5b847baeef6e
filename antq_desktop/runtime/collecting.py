"""How often Python looks for objects that only hold each other."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: So many objects more than before, some 10 MB, are worth a look.
_SELDOM = 100_000


@contextmanager
def seldom() -> Iterator[None]:
    """Let Python look seldom while masses of rows pass through, none of which hold each other; it cost a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
