"""What every command on the database does around its own work."""

import datetime as dt
import sys
from collections.abc import Callable

from app.cli.inputs import Unusable
from app.config import BadSetting, Settings, read_settings
from app.domain.errors import MythmarkError
from app.services.database import Database, opened


def with_database(work: Callable[[Database], int], given: Settings | None = None) -> int:
    """Do something with the database of the settings; its exit code, or 2 with what is wrong on standard error."""

    def inside(settings: Settings) -> int:
        with opened(settings) as database:
            return work(database)

    return with_settings(inside, given)


def with_settings(work: Callable[[Settings], int], given: Settings | None = None) -> int:
    """Do something by the settings; its exit code, or 2 with what is wrong on standard error."""
    try:
        return work(given or read_settings())
    except (MythmarkError, Unusable, BadSetting) as error:
        print(error, file=sys.stderr)
        return 2


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)
