"""matplotlib, loaded without touching the disk: no font cache, no settings file of the user, no system fonts."""

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _own_settings() -> "Iterator[None]":
    """Point matplotlib at an empty directory while it loads: it scans its own fonts only, and leaves nothing behind."""
    names = ("MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="mythmark-") as directory:
        os.environ.update({"MPLCONFIGDIR": directory, "MPL_IGNORE_SYSTEM_FONTS": "1"})
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


with _own_settings():
    import matplotlib as mpl
    from matplotlib.artist import Artist
    from matplotlib.backend_bases import RendererBase
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.collections import LineCollection, PathCollection, PolyCollection
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font, LoadFlags
    from matplotlib.path import Path as Outline
    from matplotlib.transforms import Affine2D

# Once for the process: text stays text, ids do not depend on chance.
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["svg.hashsalt"] = "mythmark"

__all__ = [
    "Affine2D",
    "Artist",
    "FT2Font",
    "Figure",
    "FigureCanvasSVG",
    "FontProperties",
    "LineCollection",
    "LoadFlags",
    "Outline",
    "PathCollection",
    "PolyCollection",
    "RendererBase",
]
