"""All teams at once: by name and in no other order, what they share, and at the same cost for two thousand."""

import datetime as dt
import inspect
from fractions import Fraction

import pytest
from sqlalchemy import event, select

from app.domain.questionnaire import Questionnaire
from app.services.actors import OPERATOR
from app.services.board_plans import accept_plan
from app.services.closing import void_assessment
from app.services.errors import NotValid
from app.services.exchange import export_file, import_file
from app.services.files import GivenFile
from app.services.overview import Overview, common_findings, organization_overview, tag_team
from app.services.results import result_of
from app.services.summaries import refresh_stale, refresh_summary
from app.services.teams import archive_team, make_team
from app.store.lookups import people
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import OrganizationRow
from app.store.tables.teams import SummaryRow, TeamRow
from app.store.unit_of_work import Engine, Session, reading, writing
from tests.services.conftest import NOW, House
from tests.services.quarters import closed

TODAY = dt.date(2026, 10, 10)


def _organization(session: Session) -> OrganizationRow:
    return people.organization(session, "example")


def _team(session: Session, name: str) -> TeamRow:
    return make_team(session, OPERATOR, _organization(session), name, at=NOW)


def _seen(session: Session, **how: object) -> Overview:
    return organization_overview(session, _organization(session), today=TODAY, **how)  # type: ignore[arg-type]


def _copy(session: Session, house: House, row: AssessmentRow, team: TeamRow) -> AssessmentRow:
    """The same closed assessment for another team."""
    data = export_file(session, house.alice, row, "settled", at=NOW)
    return import_file(session, house.alice, team, GivenFile("copy.yaml", data), at=NOW)


def test_teams_stand_by_name_whatever_they_scored(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops)
        for name in ("zebra", "Apple", "banana"):
            _copy(session, house, row, _team(session, name))
        seen = _seen(session)
    assert [line.name for line in seen.teams] == ["Apple", "banana", "Forecasting", "zebra"]
    assert (seen.total, seen.assessed, seen.next) == (4, 4, None)
    assert not {"sort", "order", "by"} & set(inspect.signature(organization_overview).parameters)


def test_a_team_is_shown_as_its_last_full_assessment_was_published(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        closed(house, session, mlops, "2026-Q1", level=1)
        row = closed(house, session, mlops, "2026-Q2", level=2)
        closed(house, session, mlops, "2026-Q3", level=0, variant="pulse")
        at_it = house.begin(session, "2026-Q4")
        (line,) = _seen(session).teams
        result = result_of(session, row)
        assert line.dimensions == {d.id: d.supported for d in result.scorecard.dimensions.values()}
        assert result.scorecard.stage is not None
        assert line.stage == result.scorecard.stage.supported == 2
        assert (line.assessment, str(line.quarter)) == (row.public_id, "2026-Q2")
        assert line.age_days == (TODAY - dt.date(2026, 6, 30)).days
        assert line.under_way == at_it.public_id
        assert [(p.quarter, p.stage) for p in line.trend] == [("2026-Q1", 1), ("2026-Q2", 2)]
        assert line.trend[-1].dimensions["monitoring"] == Fraction(2)


def test_a_team_without_an_assessment_is_listed_and_says_nothing(house: House) -> None:
    with writing(house.engine) as session:
        (line,) = _seen(session).teams
    assert (line.assessment, line.quarter, line.age_days, line.stage, line.trend) == (None, None, None, None, ())
    assert line.dimensions == {}


def test_voiding_brings_back_the_one_before(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        first = closed(house, session, mlops, "2026-Q1", level=1)
        second = closed(house, session, mlops, "2026-Q2", level=2)
        void_assessment(session, house.alice, second, "wrong team", at=NOW)
        assert [line.assessment for line in _seen(session).teams] == [first.public_id]
        void_assessment(session, house.alice, first, "wrong team", at=NOW)
        assert [line.assessment for line in _seen(session).teams] == [None]
        assert _seen(session).assessed == 0


@pytest.mark.parametrize("column", ["program_version", "settled_digest"])
def test_a_summary_of_something_else_does_not_count(house: House, mlops: Questionnaire, column: str) -> None:
    with writing(house.engine) as session:
        closed(house, session, mlops)
        right = _seen(session).teams
        summary = session.get_one(SummaryRow, house.team(session).id)
        summary.content = summary.content | {"stage": 4}
        setattr(summary, column, "0")
        session.flush()
        assert _seen(session).teams == right
        if column == "program_version":
            assert common_findings(session, _organization(session)).counted == 0
            assert refresh_stale(session, house.mine) == 1
            session.expire_all()
            assert common_findings(session, _organization(session)).counted == 1
            assert refresh_stale(session, house.mine) == 0


def test_pages_follow_each_other_without_a_gap(house: House) -> None:
    with writing(house.engine) as session:
        for name in ("b", "B", "a", "c'", "Ü"):
            _team(session, name)
        whole = [line.name for line in _seen(session).teams]
        assert len(whole) == 6
        found: list[str] = []
        after: str | None = None
        while True:
            page = _seen(session, after=after, limit=2)
            found += [line.name for line in page.teams]
            after = page.next
            if after is None:
                break
    assert found == whole


def test_tags_choose_among_teams(house: House) -> None:
    with writing(house.engine) as session:
        shop, _ = _team(session, "Shop"), _team(session, "Bank")
        tag_team(session, house.alice, shop, ["Payments", " payments ", "", "EU"], at=NOW)
        tag_team(session, house.alice, house.team(session), ["payments"], at=NOW)
        seen = _seen(session, tag="payments")
        assert [line.name for line in seen.teams] == ["Forecasting", "Shop"]
        assert seen.tags == (("EU", 1), ("payments", 2))
        assert (seen.total, seen.tag) == (2, "payments")
        assert [line.tags for line in _seen(session).teams] == [(), ("payments",), ("EU", "payments")]
        tag_team(session, house.alice, shop, [], at=NOW)
        assert _seen(session).tags == (("payments", 1),)
        for bad in (["x" * 81], [str(n) for n in range(21)]):
            with pytest.raises(NotValid):
                tag_team(session, house.alice, shop, bad, at=NOW)


def test_archived_teams_and_other_organizations_are_left_out(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops)
        gone = _team(session, "Gone")
        _copy(session, house, row, gone)
        archive_team(session, house.alice, gone, at=NOW)
        seen = _seen(session)
        assert [line.name for line in seen.teams] == ["Forecasting"]
        assert (seen.total, seen.assessed) == (1, 1)
        other = organization_overview(session, people.organization(session, "other"), today=TODAY)
        assert (other.teams, other.total, other.assessed, other.tags) == ((), 0, 0, ())
        assert common_findings(session, people.organization(session, "other")).counted == 0


def test_what_teams_have_in_common_is_counted_and_named(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = closed(house, session, mlops)
        other, third = _team(session, "Bank"), _team(session, "Shop")
        rows = [row, _copy(session, house, row, other)]
        assert common_findings(session, _organization(session)).actions == ()
        for one in rows:
            accept_plan(session, house.alice, one, at=NOW)
        tag_team(session, house.alice, other, ["eu"], at=NOW)
        found = common_findings(session, _organization(session))
        card = result_of(session, row).scorecard
        assert card.stage is not None
        assert {one.id for one in found.blockers} <= {b.of for b in card.stage.blockers}
        assert {one.teams for one in found.blockers} == {2}
        assert (found.counted, found.assessed) == (2, 2)
        assert len(found.actions) == 10
        assert {action.named for action in found.actions} == {("Bank", "Forecasting")}
        assert all(action.title == mlops.steps[action.step].title for action in found.actions)
        alone = common_findings(session, _organization(session), tag="eu")
        assert (alone.counted, alone.blockers, alone.myths, alone.actions) == (1, (), (), ())
        assert third.name not in str(found)


def _many(engine: Engine, house: House, mlops: Questionnaire, teams: int, quarters: int) -> None:
    """So many teams with so much history, each a copy of one closed assessment, put in beneath the services."""
    with writing(engine) as session:
        row = closed(house, session, mlops, "2022-Q4")
        values = {
            c.key: getattr(row, c.key) for c in AssessmentRow.__table__.columns if c.key not in {"id", "public_id"}
        }
        for number in range(teams):
            team = TeamRow(organization_id=house.mine, name=f"Team {number:04}", created_at=NOW)
            session.add(team)
            session.flush()
            session.add_all(
                AssessmentRow(**values | {"team_id": team.id, "quarter": f"{2023 + n // 4}-Q{n % 4 + 1}"})
                for n in range(quarters)
            )
        session.flush()
        for team in session.scalars(select(TeamRow).where(TeamRow.organization_id == house.mine)):
            refresh_summary(session, house.mine, team.id)


def _asked(engine: Engine) -> list[str]:
    """The statements of one page."""
    told: list[str] = []

    def note(*arguments: object) -> None:
        told.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    with reading(engine) as session:
        seen = _seen(session)
        assert len(seen.teams) == min(50, seen.total)
    event.remove(engine, "before_cursor_execute", note)
    return told


@pytest.mark.slow
def test_a_page_asks_the_same_number_of_questions_for_any_number_of_teams(house: House, mlops: Questionnaire) -> None:
    _many(house.engine, house, mlops, 3, 2)
    few = len(_asked(house.engine))
    with writing(house.engine) as session:
        session.execute(select(TeamRow).where(TeamRow.organization_id == house.mine))
        for number in range(80):
            _team(session, f"More {number}")
    assert len(_asked(house.engine)) == few
