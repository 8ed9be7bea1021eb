"""Reminders: who hears of what, from when on, and never twice."""

import datetime as dt
from dataclasses import dataclass, field, replace

from app.domain.questionnaire import Questionnaire
from app.services.board import board_of
from app.services.board_cards import change_card, find_card, form_of
from app.services.board_plans import accept_plan
from app.services.next_quarter import start_next_quarter
from app.services.reminders import Reminder, due_reminders, send_reminders
from app.services.teams import archive_team
from app.store.lookups import people
from app.store.tables.people import MembershipRow, UserRow
from app.store.unit_of_work import reading, writing
from tests.services.conftest import NOW, House
from tests.services.quarters import closed

EARLY = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
LATE = dt.datetime(2026, 12, 20, 8, tzinfo=dt.UTC)


@dataclass
class Post:
    """A mail server that takes letters, but not for some."""

    refuses: set[str] = field(default_factory=set)
    letters: list[tuple[str, str, str]] = field(default_factory=list)

    def deliver(self, recipient: str, subject: str, text: str) -> None:
        if recipient in self.refuses:
            raise OSError("refused")
        self.letters.append((recipient, subject, text))


def _prepare(house: House, mlops: Questionnaire, due: dt.date | None = None, owner: str | None = None) -> str:
    with writing(house.engine) as session:
        accept_plan(session, house.alice, closed(house, session, mlops), at=NOW)
        card = find_card(session, house.mine, board_of(session, house.team(session)).quarters[0].cards[0].id)
        change_card(session, house.bob, card, replace(form_of(card), due=due, owner=owner), at=NOW)
        return card.public_id


def _due(house: House, now: dt.datetime) -> list[Reminder]:
    with reading(house.engine) as session:
        return list(due_reminders(session, now))


def test_an_assessment_is_due_two_weeks_before_its_quarter_ends(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops)
    assert _due(house, EARLY) == []
    (reminder,) = _due(house, LATE)
    assert (reminder.recipient, reminder.kind, reminder.due) == (
        "alice@example.org",
        "assessment",
        dt.date(2026, 12, 31),
    )
    assert reminder.says == "Forecasting: the assessment of fourth quarter 2026 is due by 2026-12-31"


def test_a_quarter_that_was_missed_is_not_asked_for_again(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops)
    (reminder,) = _due(house, dt.datetime(2027, 9, 25, tzinfo=dt.UTC))
    assert reminder.due == dt.date(2027, 9, 30)


def test_nobody_is_reminded_of_what_has_begun_or_ended(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops)
    with writing(house.engine) as session:
        start_next_quarter(session, house.alice, house.team(session), at=EARLY)
    assert _due(house, LATE) == []


def test_teams_that_are_archived_or_were_never_assessed_are_left_alone(house: House, mlops: Questionnaire) -> None:
    assert _due(house, LATE) == []
    _prepare(house, mlops)
    with writing(house.engine) as session:
        archive_team(session, house.alice, house.team(session), at=NOW)
    assert _due(house, LATE) == []


def test_the_sample_organization_reminds_nobody(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops)
    with writing(house.engine) as session:
        people.organization(session, "example").is_demo = True
    assert _due(house, LATE) == []


def test_an_action_is_for_its_owner_by_name_or_address(house: House, mlops: Questionnaire) -> None:
    card = _prepare(house, mlops, dt.date(2026, 12, 3), "bob")
    (reminder,) = _due(house, EARLY)
    assert (reminder.recipient, reminder.kind, reminder.target) == ("bob@example.org", "action", card)
    assert reminder.says.startswith("Forecasting: \N{LEFT DOUBLE QUOTATION MARK}")
    assert reminder.says.endswith("is due on 2026-12-03")
    with writing(house.engine) as session:
        row = find_card(session, house.mine, card)
        change_card(session, house.bob, row, replace(form_of(row), owner="BOB@example.org"), at=NOW)
    assert [r.recipient for r in _due(house, EARLY)] == ["bob@example.org"]


def test_an_action_without_a_known_owner_is_for_the_facilitators(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops, dt.date(2026, 11, 20), "the platform people")
    (reminder,) = _due(house, EARLY)
    assert reminder.recipient == "alice@example.org"
    assert "was due on 2026-11-20" in reminder.says


def test_a_person_of_another_organization_owns_nothing_here(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops, dt.date(2026, 12, 3), "Charlie")
    assert [r.recipient for r in _due(house, EARLY)] == ["alice@example.org"]


def test_what_is_done_or_far_away_reminds_nobody(house: House, mlops: Questionnaire) -> None:
    card = _prepare(house, mlops, dt.date(2026, 12, 5))
    assert _due(house, EARLY) == []
    with writing(house.engine) as session:
        row = find_card(session, house.mine, card)
        change_card(session, house.bob, row, replace(form_of(row), state="reported_done"), at=NOW)
    assert [r.kind for r in _due(house, LATE)] == ["assessment"]


def test_owners_hear_of_it_where_there_is_no_facilitator(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops)
    with writing(house.engine) as session:
        people.membership(session, house.mine, _key(house.alice.user_id)).role = "member"
        dora = UserRow(email="dora@example.org", name="Dora", fs_uniquifier="Dora")
        session.add(dora)
        session.flush()
        session.add(
            MembershipRow(organization_id=house.mine, user_id=dora.id, role="owner", all_teams=True, created_at=NOW)
        )
    assert [r.recipient for r in _due(house, LATE)] == ["dora@example.org"]


def _key(user_id: int | None) -> int:
    assert user_id is not None
    return user_id


def test_a_second_run_sends_nothing_and_a_moved_day_counts_anew(house: House, mlops: Questionnaire) -> None:
    card = _prepare(house, mlops, dt.date(2026, 12, 18))
    post = Post()
    sent = send_reminders(house.engine, post, now=LATE, address="https://m.example")
    assert (sent.letters, sent.reminders, sent.failed) == (1, 2, 0)
    ((recipient, subject, text),) = post.letters
    assert (recipient, subject) == ("alice@example.org", "Mythmark: 2 things are due")
    assert text.count("\n- ") == 2
    assert "https://m.example" in text
    assert send_reminders(house.engine, post, now=LATE + dt.timedelta(days=1), address="x").letters == 0
    with writing(house.engine) as session:
        row = find_card(session, house.mine, card)
        change_card(session, house.bob, row, replace(form_of(row), due=dt.date(2026, 12, 22)), at=NOW)
    assert send_reminders(house.engine, post, now=LATE, address="x").reminders == 1


def test_what_could_not_be_delivered_is_sent_next_time(house: House, mlops: Questionnaire) -> None:
    _prepare(house, mlops, dt.date(2026, 12, 18), "Bob")
    post = Post(refuses={"alice@example.org"})
    sent = send_reminders(house.engine, post, now=LATE, address="x")
    assert (sent.letters, sent.failed) == (1, 1)
    post.refuses.clear()
    assert send_reminders(house.engine, post, now=LATE, address="x").letters == 1
    assert sorted(letter[0] for letter in post.letters) == ["alice@example.org", "bob@example.org"]
