"""``mythmark report``: from an assessment file to scores, verdicts, a plan and the report; no server, no database."""

import argparse
import importlib
import os
import sys
from contextlib import nullcontext

from app.loading import at_one_go
from app.render.worker import ATELIER, RenderProcess

MEDIA = ("pdf", "html", "json", "xlsx")
#: What the charts must be loaded for.
DRAWN = frozenset({"pdf", "html"})
#: Seconds for one rendering; nobody waits but the one who asked.
PATIENT = 3600.0


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
    # A child loads the charts on the second processor while this process loads the rest, reads, scores and plans.
    beside = not DRAWN.isdisjoint(media) and ATELIER not in sys.modules and len(os.sched_getaffinity(0)) > 1
    with RenderProcess(niceness=0, timeout=PATIENT) if beside else nullcontext() as renderer:
        if renderer is not None:
            renderer.start()
        # By name, and only now, so that the child starts before anything else is loaded.
        with at_one_go():
            making = importlib.import_module("app.cli.making")
        return int(making.make(asked, media, renderer))
