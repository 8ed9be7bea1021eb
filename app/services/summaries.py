"""What the last closed full assessment of a team came to, small enough to show many teams at once.

Kept under the digest of the settled form and the version of the program, as reports are: a copy that is made anew when
either differs, never a second truth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app import __version__
from app.domain.questionnaire import Questionnaire
from app.domain.score import score, supported_means
from app.domain.sheet import Sheet
from app.services.assessments import questionnaire_for
from app.services.keeping import Kept
from app.services.settled import settled_sheet
from app.store.lookups import assessments, overview
from app.store.record.summaries import drop_summary, keep_summary
from app.store.tables.teams import SummaryRow, TeamRow
from app.store.unit_of_work import Session

#: Myths in these cells are lived by; the others are left behind, on the way or not known.
_LIVED = ("believed", "said-not-done")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One earlier or the last assessment: supported dimension levels and stage as published then."""

    quarter: str
    variant: str
    dimensions: Mapping[str, Fraction | None]
    stage: int | None


@dataclass(frozen=True)
class Summary:
    """Supported dimension levels (0 to 4) by id, stage, open gates and floors, myths lived by; names beside ids."""

    dimensions: Mapping[str, Fraction | None]
    names: Mapping[str, str]
    stage: int | None
    blockers: tuple[tuple[str, str], ...]
    myths: tuple[tuple[str, str], ...]
    trend: tuple[TrendPoint, ...] = ()


_kept: Kept[Summary] = Kept(512)


def refresh_summary(session: Session, organization_id: int, team_id: int) -> None:
    """Bring the kept summary of a team in line with its last closed full assessment; gone where there is none."""
    last = overview.last_closed(session, {team_id}).get(team_id)
    if last is None:
        drop_summary(session, team_id)
        return
    content, trend = _plain(_made(session, last))
    row = SummaryRow(
        team_id=team_id,
        organization_id=organization_id,
        assessment_id=last.key,
        settled_digest=last.settled_digest,
        program_version=__version__,
        content=content,
        trend=trend,
    )
    keep_summary(session, row)


def refresh_stale(session: Session, organization_id: int, *, most: int = 200) -> int:
    """Make summaries of another version of the program anew, so many at once; how many were made."""
    teams = overview.stale_summaries(session, organization_id, __version__, most)
    for team_id in teams:
        refresh_summary(session, organization_id, team_id)
    return len(teams)


def is_stale(session: Session, organization_id: int) -> bool:
    """Whether another version of the program made a summary of this organization."""
    return bool(overview.stale_summaries(session, organization_id, __version__, 1))


def summaries_of(
    session: Session, last: Mapping[int, overview.LastClosed], *, trends: bool = True
) -> dict[int, Summary]:
    """The summary of each team's last closed full assessment: the kept one where it counts, else made now.

    Without ``trends`` those of kept ones are empty.
    """
    kept = overview.summaries(session, set(last), trends=trends)
    return {
        team: read_summary(kept[team].content, kept[team].trend if trends else ())
        if team in kept and _counts(kept[team], closed)
        else _made(session, closed)
        for team, closed in last.items()
    }


def stages_of(session: Session, team: TeamRow) -> dict[tuple[str, str], int | None]:
    """The stages that a team was at, by quarter and variant, as its last closed full assessment tells its history."""
    last = overview.last_closed(session, {team.id})
    trend = [point for summary in summaries_of(session, last).values() for point in summary.trend]
    return {(point.quarter, point.variant): point.stage for point in trend}


def read_summary(content: Mapping[str, Any], trend: Iterable[Any] = ()) -> Summary:
    """A kept summary as a value."""
    return Summary(
        dimensions=_levels(content["dimensions"]),
        names=content["names"],
        stage=content["stage"],
        blockers=tuple((one, name) for one, name in content["blockers"]),
        myths=tuple((one, name) for one, name in content["myths"]),
        trend=tuple(TrendPoint(when, kind, _levels(means), stage) for when, kind, means, stage in trend),
    )


def summarize(sheet: Sheet, asked: Questionnaire) -> Summary:
    """What a settled full assessment came to."""
    card = score(sheet, asked)
    names = {d.id: d.name for d in asked.dimensions}
    means = supported_means(card)
    stage = card.stage.supported if card.stage else None
    earlier = [TrendPoint(str(p.quarter), p.variant, p.dimensions, p.stage) for p in sheet.history]
    return Summary(
        dimensions=means,
        names=names,
        stage=stage,
        blockers=tuple(
            (b.of, asked.by_id[b.of].capability if b.kind == "gate" else names[b.of])
            for b in (card.stage.blockers if card.stage else ())
        ),
        myths=tuple((m.id, asked.myths_by_id[m.id].name) for m in (card.myths or {}).values() if m.cell in _LIVED),
        trend=(*earlier, TrendPoint(str(sheet.quarter), sheet.variant, means, stage)),
    )


def _made(session: Session, last: overview.LastClosed) -> Summary:
    def make() -> Summary:
        row = assessments.assessment_by_key(session, last.key)
        asked = questionnaire_for(session, row)
        return summarize(settled_sheet(row, asked), asked)

    return _kept.get((last.key, last.settled_digest), make)


def _counts(row: SummaryRow, last: overview.LastClosed) -> bool:
    made_from = row.assessment_id, row.settled_digest, row.program_version
    return made_from == (last.key, last.settled_digest, __version__)


def _plain(summary: Summary) -> tuple[dict[str, Any], list[Any]]:
    content = {
        "dimensions": _texts(summary.dimensions),
        "names": dict(summary.names),
        "stage": summary.stage,
        "blockers": [list(one) for one in summary.blockers],
        "myths": [list(one) for one in summary.myths],
    }
    return content, [[p.quarter, p.variant, _texts(p.dimensions), p.stage] for p in summary.trend]


def _texts(means: Mapping[str, Fraction | None]) -> dict[str, str | None]:
    return {name: None if mean is None else str(mean) for name, mean in means.items()}


def _levels(means: Mapping[str, str | None]) -> dict[str, Fraction | None]:
    return {name: None if mean is None else Fraction(mean) for name, mean in means.items()}
