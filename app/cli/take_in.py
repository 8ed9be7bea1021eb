"""``mythmark import``: an assessment file, or a report PDF that carries one, into the database."""

import argparse

from app.cli.inputs import read_file
from app.cli.stored import now, with_database
from app.services.database import Database
from app.services.desk import take_in


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("file", metavar="FILE", help="an assessment file or a report PDF; - is standard input")
    parser.add_argument("--organization", metavar="SLUG", help="whose it becomes; default: the one it names")
    parser.add_argument("--team", metavar="NAME", help="the team it becomes one of; default: the one it names")


def run(asked: argparse.Namespace) -> int:
    """Import; 0 with the assessment's id on standard output, or 2 with every problem."""

    def work(database: Database) -> int:
        taken = take_in(database, read_file(asked.file), asked.organization, asked.team, at=now())
        print(f"{taken.public_id} {taken.state}: {taken.organization}, {taken.team}, {taken.quarter}")
        return 0

    return with_database(work)
