"""``mythmark backup``: database and secret in one file."""

import argparse
from pathlib import Path

from app.cli.stored import with_database
from app.services.backups import back_up
from app.services.database import Database


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write; it must not be there")


def run(asked: argparse.Namespace) -> int:
    """Back up; 0, or 2 with what is wrong and nothing written."""

    def work(database: Database) -> int:
        print(f"{asked.file}: a backup at revision {back_up(database, asked.file)}; it holds the secret, keep it safe")
        return 0

    return with_database(work)
