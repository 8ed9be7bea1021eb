"""``mythmark purge``: forgets what was kept long enough; for a timer."""

import argparse

from app.cli.stored import now, with_database
from app.services.database import Database
from app.services.tidying import tidy_up


def arguments(_: argparse.ArgumentParser) -> None:
    """Nothing can be asked for."""


def run(_: argparse.Namespace) -> int:
    """Forget it; 0, or 2 with what is wrong."""

    def work(database: Database) -> int:
        done = tidy_up(database.engine, now=now())
        print(f"votes of {done.assessments} assessments forgotten, {done.summaries} summaries of teams made anew")
        return 0

    return with_database(work)
