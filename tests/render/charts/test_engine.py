"""matplotlib is loaded as fast as it can be."""

import subprocess
import sys

import pytest
from matplotlib import font_manager


def test_matplotlib_takes_our_list_of_fonts_and_looks_for_none() -> None:
    """When this fails after a new version of matplotlib, make the list anew under that version's name."""
    assert [font.name for font in font_manager.fontManager.ttflist] == ["DejaVu Sans"]


@pytest.mark.slow
def test_no_kind_of_axes_is_loaded() -> None:
    said = "import sys, app.render.charts; sys.exit(len({'matplotlib.axes', 'matplotlib.figure'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
