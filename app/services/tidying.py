"""What a timer does once a day: votes kept long enough are forgotten, and kept copies are brought up to date."""

import datetime as dt
from dataclasses import dataclass

from app.services.retention import purge_votes
from app.services.summaries import refresh_stale
from app.store.compacting import compact
from app.store.lookups import people
from app.store.record.requests import forget_before
from app.store.revision import require_current
from app.store.unit_of_work import Engine, reading, writing

#: Throttles and answers to repeated requests are kept for a day.
_SHORT = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many assessments lost their votes, and how many summaries of teams were made anew."""

    assessments: int
    summaries: int


def tidy_up(engine: Engine, *, now: dt.datetime) -> Tidied:
    """Purge votes by the rule of each organization, a transaction each; raises WrongSchema.

    When votes went, the file of an embedded database is written anew, so that nothing of them is left in it.
    """
    require_current(engine)
    with reading(engine) as session:
        slugs = [organization.slug for organization in people.organizations(session)]
    purged = summaries = 0
    for slug in slugs:
        with writing(engine) as session:
            organization = people.organization(session, slug)
            purged += purge_votes(session, organization, now=now)
            summaries += refresh_stale(session, organization.id)
    with writing(engine) as session:
        forget_before(session, now - _SHORT)
    if purged:
        compact(engine)
    return Tidied(purged, summaries)
