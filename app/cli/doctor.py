"""``mythmark doctor``: settings, database, migrations, questionnaires, solver and fonts, one line each."""

import argparse
from itertools import chain

from app.config import BadSetting, read_settings
from app.services.doctor import examine, examine_database


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing can be asked for."""


def run(_: argparse.Namespace) -> int:
    """Look at everything; 0 when all is well, else 1."""
    well = True
    try:
        settings = read_settings()
        for name, value in settings.listed():
            print(f"ok    setting         {name}: {value}")
        stored = examine_database(settings)
    except BadSetting as error:
        print(f"mend  setting         {error}")
        well, stored = False, iter(())
    for finding in chain(stored, examine()):
        print(f"{'ok  ' if finding.ok else 'mend'}  {finding.what:<14}  {finding.says}")
        well = well and finding.ok
    return 0 if well else 1
