"""At which revision the database is, and which one this program needs: asked by every server, so without Alembic.

Alembic and what it brings would be 11 MB in each process that serves; it is loaded where the schema is changed.
"""

import re
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from app.store.errors import WrongSchema

SCRIPTS = Path(__file__).with_name("migrations")
VERSIONS = "alembic_version"
_REVISION = re.compile(r'^revision = "([^"]+)"$', re.MULTILINE)
_BEFORE = re.compile(r'^down_revision = "([^"]+)"$', re.MULTILINE)


def known_revisions(scripts: Path = SCRIPTS) -> frozenset[str]:
    """Every revision that this program knows."""
    return frozenset(_read(scripts, _REVISION))


def program_revision(scripts: Path = SCRIPTS) -> str:
    """The revision that this program needs; raises WrongSchema when there is not exactly one."""
    heads = known_revisions(scripts) - _read(scripts, _BEFORE)
    if len(heads) != 1:
        raise WrongSchema("the program holds no migrations, or two ways to go on; install it again")
    return next(iter(heads))


def current_revision(engine: Engine) -> str | None:
    """The revision of the database; None before the first migration."""
    if not inspect(engine).has_table(VERSIONS):
        return None
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # noqa: S608 - a constant
        return None if found is None else str(found)


def is_empty(engine: Engine) -> bool:
    """Whether the database holds no tables at all."""
    return not inspect(engine).get_table_names()


def require_current(engine: Engine) -> None:
    """Raise WrongSchema, saying what to do, unless the database is at this program's revision."""
    refuse_foreign(engine)
    present = current_revision(engine)
    if present != program_revision():
        state = "is empty" if present is None else f"is at revision {present}"
        raise WrongSchema(
            f"the database {state}, this program needs {program_revision()}; make a backup, then run `mythmark migrate`"
        )


def refuse_foreign(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Raise WrongSchema for a database of others, or of a newer program."""
    tables = set(inspect(engine).get_table_names())
    present = current_revision(engine)
    if present is None and tables - {VERSIONS}:
        raise WrongSchema("the database holds tables that are not Mythmark's; point DATABASE_URL at another one")
    if present is not None and present not in known_revisions(scripts):
        raise WrongSchema(
            f"the database is at revision {present}, which this program does not know: a newer program wrote it; "
            "install that version, or restore a backup made before the upgrade"
        )


def _read(scripts: Path, said: re.Pattern[str]) -> set[str]:
    return {one for file in (scripts / "versions").glob("v*.py") for one in said.findall(file.read_text("utf-8"))}
