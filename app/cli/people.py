"""``mythmark user add``: a person with a role in an organization, and a link that signs them in once."""

import argparse
import sys

from app.accounts.enrolling import enroll
from app.accounts.permissions import ROLES
from app.cli.stored import now, with_database
from app.services.database import Database, make_ready
from app.store.unit_of_work import writing

#: Where the server listens when nothing else is said.
LOCAL = "http://127.0.0.1:8000"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action")
    add = actions.add_parser("add", help="add a person, or give one another role")
    add.add_argument("email", metavar="EMAIL", help="the person's mail address")
    add.add_argument("--organization", metavar="SLUG", required=True, help="made when there is none of this name")
    add.add_argument("--role", choices=ROLES, required=True, help=f"{', '.join(ROLES[:-1])} or {ROLES[-1]}")


def run(asked: argparse.Namespace) -> int:
    """Add the person; 0 with the link on standard output, or 2 with what is wrong."""

    def work(database: Database) -> int:
        make_ready(database, at=now())
        with writing(database.engine) as session:
            path = enroll(session, asked.email, asked.organization, asked.role, now())
        print(f"{(database.settings.url or LOCAL).rstrip('/')}{path}")
        print("The link signs this person in once and is good for 7 days.", file=sys.stderr)
        return 0

    return with_database(work)
