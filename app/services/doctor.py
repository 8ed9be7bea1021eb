"""Looks whether everything that a report needs is in place, and says what to do where it is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.config import Settings
from app.formats.shelf import SHIPPED
from app.render.in_process import InProcess
from app.services.database import embedded_file, look_at_database, look_at_migrations
from app.services.example import example
from app.services.files import GivenFile
from app.services.media import draw
from app.services.shelf import check_packs


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: in order, or what to do."""

    what: str
    ok: bool
    says: str


def examine() -> Iterator[Finding]:
    """Look at the questionnaires, the solver and the fonts, by using them on the example organization."""
    yield _try("questionnaires", _questionnaires)
    yield _try("solver", _solver)
    yield _try("fonts", _fonts)


def examine_database(settings: Settings) -> Iterator[Finding]:
    """Look whether the database answers and is at this program's version; nothing is made."""
    if embedded_file(settings) is not None and not embedded_file(settings).exists():  # type: ignore[union-attr]
        yield Finding("database", ok=True, says="none yet; mythmark serve makes one in the data folder")
        yield Finding("migrations", ok=True, says="none yet")
        return
    database = _try("database", lambda: look_at_database(settings))
    yield database
    if database.ok:
        yield _try("migrations", lambda: look_at_migrations(settings))


def _questionnaires() -> str:
    packs = [GivenFile(path.name, path.read_bytes()) for path in sorted(SHIPPED.glob("*.yaml"))]
    if not packs:
        raise LookupError("the shelf is empty; put the folder questionnaires/ beside the folder app/")
    checked = check_packs(packs)
    problems = [found for found in checked if not isinstance(found, str)]
    if problems:
        raise LookupError(f"{problems[0]}; run mythmark check on the pack")
    return f"{', '.join(str(name) for name in checked)} on the shelf"


def _solver() -> str:
    quarters = example().result.roadmap.quarters
    return f"proved a plan of {len(quarters)} quarters"


def _fonts() -> str:
    drawn, _ = draw(example(), ["pdf"], "none", (), lambda _: None, InProcess())
    return f"set a report of {len(drawn['pdf']) // 1024} KiB"


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, ok=True, says=look())
    except Exception as error:  # noqa: BLE001 - whatever is wrong, this is the place that tells it
        return Finding(what, ok=False, says=str(error) or type(error).__name__)
