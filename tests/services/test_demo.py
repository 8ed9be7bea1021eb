"""The sample organization: believable, the same every time, and made once."""

import datetime as dt
import json
from pathlib import Path

import pytest

from app.domain.result import Result
from app.formats.results import result_json
from app.services.board import board_of
from app.services.board_plans import plans_of, replan
from app.services.demo import make_demo
from app.services.demo_story import SLUG
from app.services.overview import common_findings, organization_overview
from app.services.results import result_of
from app.store.lookups import assessments, board, people, teams
from app.store.schema import migrate
from app.store.unit_of_work import Engine, make_engine, reading
from tests.services.conftest import KEY

pytestmark = pytest.mark.slow  # answers for forty people

Told = dict[tuple[str, str, str], Result]


def _told(engine: Engine) -> Told:
    with reading(engine) as session:
        organization = people.organization(session, SLUG)
        return {
            (team.name, row.quarter, row.state): result_of(session, row)
            for team in teams.teams(session, organization.id)
            for row in assessments.assessments_of_team(session, team.id)
        }


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}", guarded=True)
    migrate(engine)
    assert make_demo(engine, KEY)
    return engine


@pytest.fixture(scope="module")
def told(played: Engine) -> Told:
    return _told(played)


def test_a_second_demo_changes_nothing(played: Engine, told: Told) -> None:
    assert not make_demo(played, KEY)
    assert _told(played).keys() == told.keys()


@pytest.mark.slow
def test_it_is_the_same_on_every_machine(told: Told, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'again.db'}")
    migrate(engine)
    make_demo(engine, b"another key than before, also long")
    again = _told(engine)
    engine.dispose()
    assert {k: result_json(r) for k, r in again.items()} == {k: result_json(r) for k, r in told.items()}


def test_there_are_four_quarters_and_one_team_is_at_it(told: Told) -> None:
    assert {quarter for _, quarter, _ in told} == {"2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"}
    assert [key for key in told if key[2] == "open"] == [("Search", "2026-Q3", "open")]
    assert {result.sheet.anonymity for result in told.values()} == {"anonymous", "open"}
    assert {result.sheet.variant for result in told.values()} == {"full", "pulse"}
    assert any(result.sheet.overlays for result in told.values())


def test_practice_improves_like_for_like(told: Told) -> None:
    for team in ("Demand forecasting", "Recommendations", "Returns and fraud"):
        change = told[team, "2026-Q3", "closed"].sheet.change
        assert change is not None
        assert all((d.like_for_like or 0) >= 0 for d in change.dimensions.values())
        first, last = (told[team, q, "closed"].scorecard.stage for q in ("2025-Q4", "2026-Q3"))
        assert first is not None
        assert last is not None
        assert last.supported > first.supported


def test_one_team_disagrees_and_says_so(told: Told) -> None:
    result = told["Returns and fraud", "2026-Q3", "closed"]
    assert len(result.scorecard.agreement.contested) == 3
    assert any(facts.comments for facts in result.sheet.questions.values())


def test_one_quarter_was_settled_in_a_workshop(told: Told) -> None:
    sheet = told["Returns and fraud", "2026-Q3", "closed"].sheet
    assert sheet.not_agreed == ("mon-alert-response", "col-oncall")
    assert {*sheet.not_agreed, "col-handoff"} <= set(sheet.asked)
    assert len(sheet.accepted) >= 4
    assert len(sheet.left_out) == 5
    assert sheet.questions["aut-rollback"].contested
    assert "aut-rollback" in sheet.left_out
    assert [q for q, f in sheet.questions.items() if len(f.ballots) > 1] == ["mon-alert-response", "col-handoff"]
    assert not any(result.sheet.accepted for (team, _, _), result in told.items() if team != "Returns and fraud")


def test_actions_were_verified_not_confirmed_and_are_on_the_board(played: Engine, told: Told) -> None:
    found = {a.status for r in told.values() for a in r.sheet.actions}
    assert {"verified", "not_confirmed", "in_progress"} <= found
    with reading(played) as session:
        organization = people.organization(session, SLUG)
        states = {card.state for card in board.cards_of_organization(session, organization.id)}
    assert {"planned", "in_progress", "verified"} <= states


def test_the_questionnaire_changed_between_two_quarters(told: Told) -> None:
    change = told["Demand forecasting", "2026-Q2", "closed"].sheet.change
    assert change is not None
    assert (change.questions_added, change.questions_retired) == (("mon-cost",), ("mon-spend",))
    names = {r.questionnaire.name for (team, _, _), r in told.items() if team == "Demand forecasting"}
    assert names == {"mlops@0.9.0", "mlops@1.0.0"}
    monitoring = change.dimensions["monitoring"]
    assert monitoring.common == 9
    assert monitoring.official is not None
    assert monitoring.official == (monitoring.like_for_like or 0) + (monitoring.instrument or 0)


def test_a_pulse_stands_between_two_full_ones_and_restates_no_stage(told: Told) -> None:
    first, pulse = (told["Demand forecasting", quarter, "closed"] for quarter in ("2025-Q4", "2026-Q1"))
    assert pulse.sheet.variant == "pulse"
    assert first.scorecard.stage is not None
    assert pulse.scorecard.stage is not None
    assert pulse.scorecard.stage.supported == first.scorecard.stage.supported
    assert not any(d.published for d in pulse.scorecard.dimensions.values())
    assert pulse.sheet.change is not None
    asked = set(pulse.questionnaire.pulse)
    assert {move.question for move in pulse.sheet.change.moves} <= asked
    assert sum(d.common for d in pulse.sheet.change.dimensions.values()) <= len(asked)


def test_experience_replaces_estimates_once_there_is_enough_of_it(told: Told) -> None:
    ratios = {
        quarter: {r.sheet.effort_ratio for (_, q, _), r in told.items() if q == quarter} for _, quarter, _ in told
    }
    assert ratios["2025-Q4"] == {None}
    assert None not in ratios["2026-Q3"]


def test_the_boards_show_everything_that_a_board_can_show(played: Engine) -> None:
    with reading(played) as session:
        organization = people.organization(session, SLUG)
        for team in teams.teams(session, organization.id):
            now = board_of(session, team)
            if team.name not in {"Demand forecasting", "Recommendations"}:
                assert now.plan is None
                continue
            assert len(plans_of(session, team)) >= 3
            assert now.dropped
            assert any(card.pinned for card in now.cards)
            assert any(card.why == "Added by the team" for card in now.cards)
            assert {"planned", "in_progress", "reported_done", "verified"} <= {c.state for c in now.cards}
            assert any(card.owner and card.due and card.link for card in now.cards)
            assert replan(session, team).refused == ()
        shown = organization_overview(session, organization, today=dt.date(2026, 11, 21))
        assert [line.stage is None for line in shown.teams] == [False, False, False, True]
        assert shown.tags
        assert common_findings(session, organization).actions


def test_every_result_can_be_written(told: Told) -> None:
    assert all(json.loads(result_json(result)) for result in told.values())
