"""The pages of an organization with 2,000 teams of 16 quarters each, against the same with 10 teams (S9).

Run as ``python -m tests.load.bench_teams [teams]``. The processor's time of one request is measured, in one process
and for both in turn. One closed assessment is judged by the services; the others are copies of its row and of its
summary, put in through the store in bulk. The promise: at most twice the time, for the organization's page, with a
tag, further on, and for the page of one team. What all teams have in common has to look at all of them: with more
than fifty it is asked for apart, and its time is printed and not promised.
"""

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time

from flask.testing import FlaskClient
from sqlalchemy import insert, select

from app.config import Settings
from app.domain.answers import Agreed, Level
from app.factory import create_app, house
from app.services.agreeing import agree_level
from app.services.assessments import questionnaire_for
from app.services.board_plans import accept_plan
from app.services.closing import close_assessment
from app.services.packs import place_shipped
from app.services.settings import asked_questions
from app.store.schema import migrate
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.teams import SummaryRow, TeamRow, TeamTagRow
from app.store.unit_of_work import Session, make_engine, reading, writing
from tests.web.linting import LintingClient
from tests.web.roadmap.conftest import CAPACITY
from tests.web.town import KEY, NOW, Clock, Town, settle

FEW, MANY, QUARTERS = 10, 2_000, 16
MOST = 2.0
ROUNDS = 9
HERE = "/organizations/example"
PAGES = {
    "organization": HERE,
    "with a tag": f"{HERE}?tag=tag-0",
    "further teams": f"{HERE}?after=Team 0004",
    "in common": f"{HERE}?common=1",
}
#: About as much as a settled form takes of a row's page, and not all of its 30 KB: the disk is not what is measured.
_TEXT = {"format": "mythmark/assessment@1", "text": "x" * 2_000}


def _values(row: AssessmentRow | SummaryRow | CardRow, *without: str) -> dict[str, object]:
    return {c.key: getattr(row, c.key) for c in row.__table__.columns if c.key not in {"id", "public_id", *without}}


def _quarter(number: int) -> str:
    return f"{2023 + number // 4}-Q{number % 4 + 1}"


def fill(town: Town, teams: int) -> None:
    """So many teams more, each with 16 quarters, a summary with its trend, a board and a tag."""
    own = town.begin("2022-Q4", capacity=CAPACITY)
    with writing(town.engine) as session:
        row = town.row(session, own)
        asked = questionnaire_for(session, row)
        for question in asked_questions(asked, row.variant, row.context):
            agree_level(session, town.actor("alice"), row, question.id, Agreed(Level(1)), at=NOW)
        row = close_assessment(session, town.actor("alice"), row, at=NOW, key=KEY)
        accept_plan(session, town.actor("alice"), row, at=NOW)
        _copy(session, town.ours, row, teams)


def _copy(session: Session, organization: int, row: AssessmentRow, teams: int) -> None:
    session.execute(
        insert(TeamRow),
        [{"organization_id": organization, "name": f"Team {n:04}", "created_at": NOW} for n in range(teams)],
    )
    made = select(TeamRow.id).where(TeamRow.organization_id == organization, TeamRow.name.like("Team %"))
    keys = list(session.scalars(made.order_by(TeamRow.id)))
    real, light = _values(row), _values(row) | {"settled": _TEXT}
    days = {number: dt.date(2023 + number // 4, 3 * (number % 4) + 3, 28) for number in range(QUARTERS)}
    for place, key in enumerate(keys):
        like = real if place == 0 else light
        session.execute(
            insert(AssessmentRow),
            [like | {"team_id": key, "quarter": _quarter(n), "date": days[n]} for n in range(QUARTERS)],
        )
    last = select(AssessmentRow.team_id, AssessmentRow.id).where(
        AssessmentRow.organization_id == organization, AssessmentRow.quarter == _quarter(QUARTERS - 1)
    )
    summary = session.scalars(select(SummaryRow).where(SummaryRow.organization_id == organization)).one()
    point = summary.trend[-1]
    alike = _values(summary) | {"trend": [[_quarter(n), *point[1:]] for n in range(QUARTERS)]}
    newest = {team: key for team, key in session.execute(last)}  # noqa: C416 - a Row is no pair to dict()
    session.execute(insert(SummaryRow), [alike | {"team_id": k, "assessment_id": newest[k]} for k in keys])
    found = [_values(one) for one in session.scalars(select(CardRow).where(CardRow.organization_id == organization))]
    for key in keys:
        session.execute(insert(CardRow), [one | {"team_id": key} for one in found])
    tags = [{"team_id": k, "organization_id": organization, "tag": f"tag-{n % 5}"} for n, k in enumerate(keys)]
    session.execute(insert(TeamTagRow), tags)


@contextmanager
def town_of(teams: int) -> Iterator[tuple[FlaskClient, str]]:
    """A browser of the owner of so many teams, and the address of one of them."""
    with tempfile.TemporaryDirectory() as folder:
        engine, clock = make_engine(f"sqlite:///{Path(folder) / 'mythmark.db'}"), Clock()
        migrate(engine)
        with writing(engine) as session:
            place_shipped(session, at=NOW)
        app = create_app(Settings.model_validate({"data": folder}), house(engine, Settings(), KEY, clock))
        app.test_client_class = LintingClient
        town = settle(app, engine, clock)
        fill(town, teams)
        client = town.browser("olive").client
        client.__class__ = FlaskClient  # type: ignore[assignment]  # no linting while the time is taken
        with reading(engine) as session:
            team = select(TeamRow).where(TeamRow.organization_id == town.ours, TeamRow.name == "Team 0000")
            path = f"/teams/{session.scalars(team).one().public_id}"
        yield client, path
        engine.dispose()


def cost(client: FlaskClient, path: str) -> float:
    """Milliseconds of the processor for one request."""
    start = process_time()
    assert client.get(path).status_code == 200, path
    return (process_time() - start) * 1000


def main(teams: int = MANY) -> int:
    """Print the figures; how many promises were broken."""
    broken = 0
    with town_of(FEW) as (few, one), town_of(teams) as (many, other):
        for name, (small, large) in {**{n: (p, p) for n, p in PAGES.items()}, "one team": (one, other)}.items():
            apart = name == "in common"
            pairs = [(cost(few, small), cost(many, large)) for _ in range(ROUNDS + 1)][1:]
            little, much = (median(times) for times in zip(*pairs, strict=True))
            broken += much > MOST * little and not apart
            asked = ", asked for apart" if apart else ""
            figures = f"{little:6.1f} ms of {FEW} teams   {much:6.1f} ms of {teams}   {much / little:5.2f} x"
            print(f"{name:<14} {figures}{asked}")
    print(f"promise S9 (at most {MOST:g} x with {teams} teams): {'BROKEN' if broken else 'kept'}")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
