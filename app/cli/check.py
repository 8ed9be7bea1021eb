"""``mythmark check``: every problem of questionnaire packs, with line and column."""

import argparse
import sys

from app.cli.inputs import Unusable, read_file
from app.services.shelf import check_packs


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("packs", metavar="PACK.yaml", nargs="+", help="a questionnaire pack; - is standard input")


def run(asked: argparse.Namespace) -> int:
    """Check all packs; 0, or 1 with every problem on standard error."""
    sound = True
    for name in asked.packs:
        try:
            checked = check_packs([read_file(name)])
        except Unusable as error:
            print(error, file=sys.stderr)
            sound = False
            continue
        for pack in checked:
            if isinstance(pack, str):
                print(f"{name}: {pack} is sound")
            else:
                print(pack, file=sys.stderr)
                sound = False
    return 0 if sound else 1
