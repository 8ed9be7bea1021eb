"""What the dashboard shows of each team, as it comes from the services."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.services.results import result_of
from app.store.lookups import assessments
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """A team's last closed full assessment: supported means by dimension (None: not enough answered), and the stage."""

    assessment_id: str
    quarter: str
    closed_at: dt.datetime
    stage: int | None
    means: Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class Overview:
    """Standings by inner key of the team, names of dimensions by id, and which teams have a closed pulse."""

    dimensions: Mapping[str, str]
    standings: Mapping[int, Standing]
    pulses: frozenset[int]


def overview_of(session: Session, organization_id: int) -> Overview:
    """The standing of every team; the one place where the dashboard asks for results."""
    names: dict[str, str] = {}
    standings = {}
    pulses = set()
    for row in assessments.latest_closed(session, organization_id):
        if row.variant != "full" or row.closed_at is None:
            pulses.add(row.team_id)
            continue
        result = result_of(session, row)
        names.update({one.id: one.name for one in result.questionnaire.dimensions})
        scores, stage = result.scorecard.dimensions, result.scorecard.stage
        means = {name: score.supported if score.published else None for name, score in scores.items()}
        standings[row.team_id] = Standing(
            row.public_id, row.quarter, row.closed_at, stage.supported if stage else None, means
        )
    return Overview(names, standings, frozenset(pulses))


def age(since: dt.datetime, now: dt.datetime) -> str:
    """How long ago, in the largest unit that says enough: ``today``, ``5 days ago``, ``7 weeks ago``."""
    days = max(0, (now.date() - since.date()).days)
    if days < 2:
        return ("today", "yesterday")[days]
    for length, unit in ((730, "years"), (60, "months"), (14, "weeks"), (2, "days")):
        if days >= length:
            return f"{days // {'years': 365, 'months': 30, 'weeks': 7, 'days': 1}[unit]} {unit} ago"
    return ""  # pragma: no cover - two days and more are named above
