"""``mythmark token add``: a token for the API, printed once."""

import argparse

from app.accounts.tokens import make_token
from app.cli.inputs import Unusable
from app.cli.stored import now, with_database
from app.services.database import Database, make_ready
from app.store.errors import NotFound
from app.store.unit_of_work import writing


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action")
    add = actions.add_parser("add", help="make a token that works at once")
    add.add_argument("email", metavar="EMAIL", help="whose token it is: it may what this person may")


def run(asked: argparse.Namespace) -> int:
    """Make the token; 0 with nothing else on standard output, or 2 with what is wrong."""

    def work(database: Database) -> int:
        make_ready(database, at=now())
        try:
            with writing(database.engine) as session:
                token = make_token(session, asked.email, now(), name="command line")
        except NotFound:
            raise Unusable(
                f"nobody here has the address {asked.email}; "
                f"add them first: mythmark user add {asked.email} --organization SLUG --role ROLE"
            ) from None
        print(token)
        return 0

    return with_database(work)
