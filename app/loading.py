"""Loading the program, or a large part of it, at one go; and what is seldom needed only when it is."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


@contextmanager
def at_one_go(*, for_good: bool = False) -> Iterator[None]:
    """Load without Python's collector looking through what is loaded again and again: a fifth less time.

    ``for_good``: in a process that lives long, what was loaded is not looked through afterwards either. A server that
    did so stopped every stream for a quarter of a second each time.
    """
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.collect()
            gc.freeze()
        gc.enable()


def load_now(name: str) -> None:
    """Load what would load when it is used, where somebody would wait for it then."""
    sys.modules[name].__dir__()


def when_used(name: str) -> ModuleType:
    """A library that loads when something of it is first asked for; raises ModuleNotFoundError at once without it.

    For large ones that a server may never need. Import them under TYPE_CHECKING beside, so that the contracts see it.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
