"""The wall, the way in, paper, the clock and the rehearsal."""

import datetime as dt
from fractions import Fraction

import pytest

from app.domain.ballots import Distribution
from app.store.lookups import teams
from app.store.unit_of_work import reading
from app.web.workshop.chart import WIDTH, draw
from app.web.workshop.joining import only_here
from app.web.workshop.pages import Timer
from tests.web.town import Town
from tests.web.workshop.conftest import Meeting

ELSEWHERE = "http://mythmark.example.org"


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0"])  # noqa: S104
def test_these_addresses_lead_to_this_machine_only(host: str) -> None:
    assert only_here(host)
    assert not only_here("10.0.0.7")
    assert not only_here("mythmark.example.org")


@pytest.mark.slow
def test_an_address_that_phones_cannot_reach_is_warned_of_and_not_drawn(meeting: Meeting) -> None:
    for page in ("", "/wall"):
        text = meeting.alice.get(meeting.base + page).text
        assert "Phones cannot reach this address" in text
        assert "qr-modules" not in text


@pytest.mark.slow
def test_elsewhere_the_code_is_drawn_and_said_as_text(town: Town) -> None:
    town.app.config["SETTINGS"] = town.app.config["SETTINGS"].model_copy(update={"url": ELSEWHERE})
    made = Meeting(town, town.begin(), town.browser("alice"))
    made.open()
    text = made.alice.get(f"{made.base}/wall").text
    assert "qr-modules" in text
    assert "mythmark.example.org/r" in text
    assert f'aria-label="QR code that leads to {ELSEWHERE}/r/' in text


@pytest.mark.slow
def test_the_wall_has_no_form_and_no_person(meeting: Meeting) -> None:
    meeting.revealed()
    meeting.do("agree", meeting.up(answer="2"))
    wall = meeting.alice.get(f"{meeting.base}/wall").text
    assert "<form" not in wall
    assert "Alice" not in wall
    assert 'class="is-agreed"' in wall
    assert "Agreed at level 2." in wall


@pytest.mark.slow
def test_the_time_box_runs_from_the_first_question_and_never_cuts_off(meeting: Meeting) -> None:
    meeting.town.clock.moment += dt.timedelta(days=2)
    assert "60 min</b>" in meeting.alice.get(meeting.base).text
    meeting.do("ask", {"question": "mon-drift"})
    meeting.town.clock.moment += dt.timedelta(minutes=10)
    assert "50 min left" in meeting.alice.get(meeting.base).text
    meeting.town.clock.moment += dt.timedelta(minutes=55)
    assert "5 min over" in meeting.alice.get(meeting.base).text
    assert meeting.do("reveal", meeting.up()).status_code == 303


def test_a_timer_counts_whole_minutes() -> None:
    assert [Timer(60, 40, left).used for left in (None, 3600, 59, -90)] == [0, 0, 60, 60]
    assert [Timer(60, 40, left).words for left in (None, 61, -61)] == ["60 min", "2 min left", "2 min over"]


@pytest.mark.slow
def test_paper_holds_every_question_or_the_agenda(meeting: Meeting) -> None:
    everything = meeting.alice.get(f"{meeting.base}/sheets").text
    agenda = meeting.alice.get(f"{meeting.base}/sheets?only=agenda").text
    assert everything.count('class="sheet"') == 40
    assert 0 < agenda.count('class="sheet"') < 40
    assert f"/assessments/{meeting.id}/record" in everything


def test_marks_of_families_stay_on_the_drawing_and_never_touch() -> None:
    many = [(f"Family number {n}", Fraction(4), n % 4) for n in range(5)]
    drawn = draw(Distribution((0, 0, 0, 0, 9), 0, 0, Fraction(4), {}), many, tight=True)
    assert all(0 <= mark.x < WIDTH - 200 for mark in drawn.marks)
    assert len({(mark.x, mark.y) for mark in drawn.marks}) == 5
    assert drawn.height > max(mark.y for mark in drawn.marks)
    assert "9 at level 4" in drawn.label


def test_a_thousand_votes_fit_the_wall() -> None:
    drawn = draw(Distribution((1000, 1, 0, 0, 0), 3, 0, Fraction(1, 2), {}), [])
    assert min(bar.y for bar in drawn.bars) >= 80
    assert drawn.median is not None
    assert (drawn.median.words, drawn.median.left) == ("median 0.5", True)


@pytest.mark.slow
def test_a_rehearsal_is_marked_everywhere_played_through_and_gone(town: Town) -> None:
    alice = town.browser("alice")
    path = f"/teams/{town.team_id}/rehearsal"
    assert "simulated participants" in alice.get(path).text
    began = alice.post(path)
    assert began.status_code == 303
    base = str(began.location)
    made = Meeting(town, base.split("/")[2], alice)
    question = "mon-drift"
    for page in ("", "/wall", "/close", "/sheets"):
        assert "ehears" in alice.get(base + page).text
    made.do("ask", {"question": question})
    made.do("simulate")
    assert made.state.voted == 7
    made.do("reveal", made.up())
    assert made.state.phase == "revealed"
    assert made.do("end-rehearsal").status_code == 303
    assert alice.get(base).status_code == 404
    with reading(town.engine) as session:
        assert list(teams.rehearsals(session, town.ours)) == []


@pytest.mark.slow
def test_in_a_real_room_nobody_is_simulated(meeting: Meeting) -> None:
    meeting.do("ask", {"question": "mon-drift"})
    assert meeting.do("simulate").status_code == 403
    assert meeting.do("end-rehearsal").status_code == 403
    assert meeting.state.voted == 0


@pytest.mark.slow
@pytest.mark.parametrize(("who", "status"), [(None, 401), ("charlie", 404), ("bob", 403), ("vera", 403)])
def test_only_who_facilitates_rehearses(town: Town, who: str | None, status: int) -> None:
    visit = town.browser(who)
    path = f"/teams/{town.team_id}/rehearsal"
    assert visit.get(path).status_code == status
    visit.get("/help")
    assert visit.post(path).status_code == status
