"""``mythmark doctor``: settings, questionnaires, solver and fonts, one line each."""

import argparse

from app.config import BadSetting, read_settings
from app.services.doctor import examine


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing can be asked for."""


def run(_: argparse.Namespace) -> int:
    """Look at everything; 0 when all is well, else 1."""
    well = True
    try:
        for name, value in read_settings().listed():
            print(f"ok    setting         {name}: {value}")
    except BadSetting as error:
        print(f"mend  setting         {error}")
        well = False
    for finding in examine():
        print(f"{'ok  ' if finding.ok else 'mend'}  {finding.what:<14}  {finding.says}")
        well = well and finding.ok
    return 0 if well else 1
