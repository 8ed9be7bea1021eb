"""Whether the program can serve. Apart from what changes a schema, which no server loads."""

from app.store.errors import Unreachable, WrongSchema
from app.store.revision import require_current
from app.store.unit_of_work import Engine, reach


def missing(engine: Engine) -> str | None:
    """What keeps the program from serving on this database; None when nothing does."""
    try:
        reach(engine)
        require_current(engine)
    except (Unreachable, WrongSchema) as error:
        return str(error)
    return None
