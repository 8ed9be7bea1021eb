"""``mythmark demo``: adds the sample organization."""

import argparse

from app.cli.stored import now, with_database
from app.services.database import Database, make_ready
from app.services.demo import make_demo
from app.services.demo_story import NAME
from app.services.secret_key import secret_key


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing can be asked for."""


def run(_: argparse.Namespace) -> int:
    """Add it unless it is there; 0, or 2 with what is wrong."""

    def work(database: Database) -> int:
        make_ready(database, at=now())
        made = make_demo(database.engine, secret_key(database.settings))
        print(f"{NAME} is there now" if made else f"{NAME} was there already")
        return 0

    return with_database(work)
