"""``mythmark export``: an assessment into a file."""

import argparse

from app.cli.outputs import Outputs
from app.cli.stored import now, with_database
from app.services.database import Database
from app.services.desk import hand_out


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("assessment", metavar="ASSESSMENT_ID", help="its id, as in its address")
    parser.add_argument("file", metavar="FILE", help="the file to write; - is standard output")
    parser.add_argument(
        "--form",
        choices=("settled", "raw"),
        default="settled",
        help="settled: what is published anyway; raw: answers one by one, of open terms only (settled)",
    )


def run(asked: argparse.Namespace) -> int:
    """Export; 0, or 2 with what is wrong and nothing written."""

    def work(database: Database) -> int:
        outputs = Outputs({"file": asked.file})
        outputs.check(())
        outputs.write({"file": hand_out(database, asked.assessment, asked.form, at=now())})
        return 0

    return with_database(work)
