"""``mythmark report``: from an assessment file to scores, verdicts, a plan and the report; no server, no database."""

import argparse
import importlib
import sys

from app.cli.inputs import STANDARD, Unusable, read_file
from app.cli.outputs import Outputs
from app.cli.progress import Progress
from app.cli.summary import print_summary
from app.domain.errors import MythmarkError
from app.services.report import make_result
from app.services.shelf import open_shelf

MEDIA = ("pdf", "html", "json", "xlsx")
#: Reading, scoring, planning, writing, then one for each medium.
STEPS = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("assessment", metavar="ASSESSMENT.yaml", help="an assessment file; - is standard input")
    parser.add_argument(
        "--previous", metavar="A.yaml", action="append", default=[], help="an earlier quarter; repeatable"
    )
    parser.add_argument(
        "--pack", metavar="P.yaml", action="append", default=[], help="a questionnaire that is not shipped"
    )
    for medium in MEDIA:
        parser.add_argument(
            f"--{medium}", metavar="F", help=f"write the report as {medium.upper()}; - is standard output"
        )
    parser.add_argument(
        "--attach",
        choices=("settled", "raw", "none"),
        default="settled",
        help="the form of the assessment that goes into the PDF: settled (only what is published anyway), "
        "raw (the file as it was given) or none",
    )


def run(asked: argparse.Namespace) -> int:
    """Make the report; 0, or 2 with every problem on standard error and nothing written."""
    media = tuple(medium for medium in MEDIA if getattr(asked, medium) is not None)
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
                # By name, and only now: it loads the charts, which a summary does without.
                draw = importlib.import_module("app.services.media").draw
                renderer = importlib.import_module("app.render.in_process").InProcess()
                drawn, warnings = draw(scored, media, asked.attach, packs, progress.step, renderer)
            outputs.write(drawn)
    except (MythmarkError, Unusable) as error:
        print(error, file=sys.stderr)
        return 2
    for warning in (*scored.warnings, *warnings):
        print(f"warning: {warning}", file=sys.stderr)
    written = [name for name in outputs.names.values() if name != STANDARD]
    print_summary(scored.report, written, sys.stderr if outputs.to_standard_output else sys.stdout)
    return 0
