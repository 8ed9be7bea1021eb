"""The work of ``mythmark report``, apart from its arguments, so that drawing can begin to load before this loads."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from app.cli.inputs import STANDARD, Unusable, read_file
from app.cli.outputs import Outputs
from app.cli.progress import Progress
from app.cli.summary import print_summary
from app.domain.errors import MythmarkError
from app.render.files import Renderer
from app.render.worker import ATELIER
from app.services.report import make_result
from app.services.shelf import open_shelf

#: Reading, scoring, planning, writing, then one for each medium.
STEPS = 4


def make(asked: argparse.Namespace, media: Sequence[str], renderer: Renderer | None) -> int:
    """Make the report; 0, or 2 with every problem on standard error and nothing written. None: draw here."""
    outputs = Outputs({medium: getattr(asked, medium) for medium in media})
    try:
        with Progress(STEPS + len(media)) as progress:
            given = [asked.assessment, *asked.previous, *asked.pack]
            if given.count(STANDARD) > 1:
                raise Unusable("-: standard input can be read once only")
            outputs.check(given)
            assessment, *others = (read_file(name) for name in given)
            previous, packs = others[: len(asked.previous)], others[len(asked.previous) :]
            scored = make_result(assessment, previous, open_shelf(packs), progress.step)
            drawn, warnings = {}, ()
            if media:
                # By name: a summary does without the charts, and so does whoever has a child for them.
                draw = importlib.import_module("app.services.media").draw
                here = renderer or importlib.import_module(ATELIER).InProcess()
                drawn, warnings = draw(scored, media, asked.attach, packs, progress.step, here)
            outputs.write(drawn)
    except (MythmarkError, Unusable) as error:
        print(error, file=sys.stderr)
        return 2
    for warning in (*scored.warnings, *warnings):
        print(f"warning: {warning}", file=sys.stderr)
    written = [name for name in outputs.names.values() if name != STANDARD]
    print_summary(scored.report, written, sys.stderr if outputs.to_standard_output else sys.stdout)
    return 0
