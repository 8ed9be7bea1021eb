"""``mythmark migrate``: brings the database to this version of the program."""

import argparse

from app.cli.stored import now, with_database
from app.services.database import Database, bring_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing can be asked for."""


def run(_: argparse.Namespace) -> int:
    """Migrate; 0, or 2 with what is wrong."""

    def work(database: Database) -> int:
        print(f"the database is at {bring_up(database, at=now())}")
        return 0

    return with_database(work)
