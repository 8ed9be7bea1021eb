"""matplotlib, loaded as fast as it can be and without a trace: no settings file of the user, no system fonts.

Only what draws is loaded: ``Figure`` would bring every kind of axes with it, the ones in three dimensions too.
"""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _own_settings() -> "Iterator[None]":
    """Point matplotlib at a directory of ours while it loads, which holds its list of fonts and nothing else.

    Without the list it would look into each of its own fonts, which takes longer than everything that is drawn later;
    the name of the list says for which version of matplotlib it is, and any other version makes its own.
    """
    names = ("MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="mythmark-") as directory:
        for fonts in Path(__file__).parent.glob("fontlist-*.json"):
            shutil.copy(fonts, directory)
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
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.collections import Collection, LineCollection
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
    "Collection",
    "FT2Font",
    "FontProperties",
    "LineCollection",
    "LoadFlags",
    "Outline",
    "RendererBase",
    "RendererSVG",
]
