"""``mythmark restore``: a backup in the place of the database."""

import argparse
from pathlib import Path

from app.cli.stored import with_settings
from app.config import Settings
from app.services.backups import put_back


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that mythmark backup wrote")
    parser.add_argument("--force", action="store_true", help="replace the database that is there")


def run(asked: argparse.Namespace) -> int:
    """Restore; 0, or 2 with what is wrong and nothing changed."""

    def work(settings: Settings) -> int:
        revision = put_back(settings, asked.file, force=asked.force)
        print(f"restored at revision {revision}; run mythmark migrate if this program is newer")
        return 0

    return with_settings(work)
