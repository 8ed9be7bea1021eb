"""The report as a page and as files: who may, what is in them, that they stay the same, and the waiting."""

import json
import threading
from urllib.parse import unquote

import pytest

from app.domain.report.pages import NOT_CLOSED, VOIDED
from app.render.worker import RenderTimedOut
from app.services.closing import void_assessment
from app.services.studio import Studio
from app.services.teams import find_team, rename_team
from app.store.record.requests import audit_page
from app.store.unit_of_work import reading, writing
from app.web.report import routes
from tests.web.report.conftest import Pretender, close
from tests.web.town import NOW, Town

FILES = ("report.pdf", "report.html", "report.xlsx", "report.json")
READ = ("report", *FILES)
ALL = (*READ, "file", "file/raw")
HTMX = {"HX-Request": "true"}


def _exports(town: Town) -> list[str]:
    with reading(town.engine) as session:
        return [str(a.detail.get("form")) for a in audit_page(session, town.ours) if a.event == "assessment.exported"]


@pytest.mark.parametrize("what", READ)
@pytest.mark.parametrize("who", ["vera", "bob", "alice", "olive"])
def test_everybody_in_the_organization_reads_a_closed_report(town: Town, closed: str, what: str, who: str) -> None:
    assert town.browser(who).get(f"/assessments/{closed}/{what}").status_code == 200


@pytest.mark.parametrize("what", ALL)
def test_strangers_are_asked_to_sign_in_and_others_find_nothing(town: Town, closed: str, what: str) -> None:
    assert town.browser().get(f"/assessments/{closed}/{what}").status_code == 401
    assert town.browser("charlie").get(f"/assessments/{closed}/{what}").status_code == 404
    olive = town.browser("olive")
    assert olive.get(f"/assessments/nothing/{what}").status_code == 404
    assert olive.client.put(f"/assessments/{closed}/{what}").status_code == 405


@pytest.mark.parametrize("what", READ)
def test_an_open_result_is_for_facilitators_and_says_that_it_is_not_closed(
    town: Town, pretender: Pretender, what: str
) -> None:
    opened = town.begin(variant="pulse")
    for who in ("vera", "bob"):
        assert town.browser(who).get(f"/assessments/{opened}/{what}").status_code == 403
    answer = town.browser("alice").get(f"/assessments/{opened}/{what}")
    assert answer.status_code == 200
    assert all(report.standing == NOT_CLOSED for report in pretender.drawn)
    if what != "report":
        assert "(not closed)" in unquote(answer.headers["Content-Disposition"])


@pytest.mark.usefixtures("pretender")
def test_a_draft_says_what_will_be_here_and_has_no_files(town: Town) -> None:
    draft = town.begin(opened=False)
    page = town.browser("vera").get(f"/assessments/{draft}/report")
    assert (page.status_code, "The report will be here" in page.text) == (200, True)
    olive = town.browser("olive")
    for what in (*FILES, "file", "file/raw"):
        assert olive.get(f"/assessments/{draft}/{what}").status_code == 409
    assert _exports(town) == []


def test_a_voided_report_is_marked_and_not_taken_for_the_closed_one(
    town: Town, closed: str, pretender: Pretender
) -> None:
    vera = town.browser("vera")
    vera.get(f"/assessments/{closed}/report")
    with writing(town.engine) as session:
        void_assessment(session, town.actor("olive"), town.row(session, closed), "Wrong team", at=NOW)
    assert vera.get(f"/assessments/{closed}/report").status_code == 200
    assert [report.standing for report in pretender.drawn] == [None, VOIDED]


@pytest.mark.parametrize("what", READ)
def test_a_closed_report_is_drawn_once_and_the_same_after_a_restart(
    town: Town, closed: str, pretender: Pretender, what: str
) -> None:
    vera = town.browser("vera")

    def look() -> bytes:
        # The page around it carries a protection of its forms that is never the same.
        return bytes(vera.get(f"/assessments/{closed}/{what}").data).split(b"<main")[-1].split(b"</main>")[0]

    first = look()
    drawn = len(pretender.drawn)
    assert look() == first
    town.app.extensions["mythmark_studio"] = Studio(pretender)
    assert look() == first
    assert len(pretender.drawn) == drawn


def test_a_report_that_is_not_closed_is_drawn_again_when_something_was_agreed(town: Town, pretender: Pretender) -> None:
    opened, alice = town.begin(variant="pulse"), town.browser("alice")
    for _ in range(2):
        alice.get(f"/assessments/{opened}/report")
    assert len(pretender.drawn) == 1
    with writing(town.engine) as session:
        town.row(session, opened).purpose = "To see"
    alice.get(f"/assessments/{opened}/report")
    assert [report.cover.purpose for report in pretender.drawn] == ["No purpose was stated.", "To see"]


def test_the_data_goes_with_the_pdf_unless_it_is_left_out(town: Town, closed: str, pretender: Pretender) -> None:
    vera = town.browser("vera")
    page = vera.get(f"/assessments/{closed}/report").text
    assert f'href="/assessments/{closed}/report.pdf?attach=none">Leave it out' in page
    with_data = vera.get(f"/assessments/{closed}/report.pdf").data
    without = vera.get(f"/assessments/{closed}/report.pdf?attach=none").data
    assert (pretender.inside, with_data == without) == ([("assessment.yaml",), ()], False)
    assert vera.get(f"/assessments/{closed}/report.pdf?attach=raw").status_code == 422
    assert len(pretender.inside) == 2


def test_the_page_offers_what_its_reader_may_take(town: Town, pretender: Pretender) -> None:
    del pretender
    closed = close(town, town.begin("2026-Q2", variant="pulse", anonymity="open"))
    seen = {who: town.browser(who).get(f"/assessments/{closed}/report").text for who in ("vera", "alice", "olive")}
    assert [f"/assessments/{closed}/file" in seen[who] for who in seen] == [False, True, True]
    assert [f"/assessments/{closed}/file/raw" in seen[who] for who in seen] == [False, False, True]


def test_the_settled_file_is_for_facilitators(town: Town, closed: str) -> None:
    for who in ("vera", "bob"):
        assert town.browser(who).get(f"/assessments/{closed}/file").status_code == 403
    answer = town.browser("alice").get(f"/assessments/{closed}/file")
    assert answer.data.startswith(b"format: mythmark/assessment@1")
    assert b"\nsettled:" in answer.data
    assert _exports(town) == ["settled"]


def test_answers_one_by_one_leave_open_terms_only_after_a_question_and_by_an_owner(
    town: Town, pretender: Pretender
) -> None:
    del pretender
    anonymous = close(town, town.begin("2026-Q1", variant="pulse"))
    opened = close(town, town.begin("2026-Q2", variant="pulse", anonymity="open"))
    olive, alice = town.browser("olive"), town.browser("alice")
    assert alice.get(f"/assessments/{opened}/file/raw").status_code == 403
    assert alice.post(f"/assessments/{opened}/file/raw").status_code == 403
    for refused in (olive.get(f"/assessments/{anonymous}/file/raw"), olive.post(f"/assessments/{anonymous}/file/raw")):
        assert (refused.status_code, "open terms only" in refused.text) == (403, True)
    assert "one by one" in olive.get(f"/assessments/{opened}/file/raw").text
    assert _exports(town) == []
    answer = olive.post(f"/assessments/{opened}/file/raw")
    assert (answer.status_code, b"\nsettled:" in answer.data) == (200, False)
    assert _exports(town) == ["raw"]


def test_every_file_that_leaves_is_in_the_log_and_looking_at_the_page_is_not(town: Town, closed: str) -> None:
    vera = town.browser("vera")
    for what in (*READ, "report.pdf?attach=none"):
        vera.get(f"/assessments/{closed}/{what}")
    assert sorted(_exports(town)) == ["html", "json", "pdf", "pdf, nothing inside", "xlsx"]


def test_a_file_carries_the_name_of_its_team_in_its_own_letters(town: Town, closed: str) -> None:
    name = 'Prévisions Ω/予測 \u202e"a"\r\n'
    with writing(town.engine) as session:
        rename_team(session, town.actor("olive"), find_team(session, town.ours, town.team_id), name, at=NOW)
    header = town.browser("vera").get(f"/assessments/{closed}/report.json").headers["Content-Disposition"]
    plain, _, encoded = header.partition("; filename*=UTF-8''")
    assert unquote(encoded) == "Prévisions Ω 予測 a 2026-Q2 pulse report.json"
    assert plain == 'attachment; filename="Previsions-a-2026-Q2-pulse-report.json"'
    assert header.isascii()


def test_a_very_long_name_still_fits_a_file_system(town: Town, closed: str) -> None:
    with writing(town.engine) as session:
        rename_team(session, town.actor("olive"), find_team(session, town.ours, town.team_id), "測" * 200, at=NOW)
    header = town.browser("vera").get(f"/assessments/{closed}/report.json").headers["Content-Disposition"]
    assert len(unquote(header.partition("''")[2]).encode()) <= 255


def test_the_html_file_is_sealed_by_its_own_policy(town: Town, closed: str) -> None:
    answer = town.browser("vera").get(f"/assessments/{closed}/report.html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "'sha256-" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_result_holds_the_published_numbers(town: Town, closed: str) -> None:
    data = json.loads(town.browser("vera").get(f"/assessments/{closed}/report.json").data)
    assert (data["format"], data["variant"]) == ("mythmark/result@1", "pulse")


@pytest.fixture
def slow(pretender: Pretender, monkeypatch: pytest.MonkeyPatch) -> Pretender:
    """Draws nothing until it is let go."""
    monkeypatch.setattr(routes, "PATIENCE", 0.05)
    pretender.held.clear()
    return pretender


def test_who_waits_is_told_and_gets_the_file_when_it_is_there(town: Town, closed: str, slow: Pretender) -> None:
    vera, path = town.browser("vera"), f"/assessments/{closed}/report.pdf?attach=none"
    waiting = vera.get(path)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "2")
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting.text
    poll = f"/assessments/{closed}/report.pdf?attach=none&amp;seen=drawing-0"
    assert f'hx-get="{poll}"' in waiting.text
    unchanged = vera.get(poll.replace("&amp;", "&"), headers=HTMX)
    assert (unchanged.status_code, unchanged.data) == (204, b"")
    slow.held.set()
    town.app.extensions["mythmark_studio"].wait(_orders(town)[0], 20)
    ready = vera.get(poll.replace("&amp;", "&"), headers=HTMX)
    assert (ready.status_code, "hx-get" in ready.text) == (200, False)
    assert f'href="{path}" data-go' in ready.text
    assert _exports(town) == []
    assert vera.get(path).data == b"%PDF-1"
    assert _exports(town) == ["pdf, nothing inside"]


def _orders(town: Town) -> list[object]:
    return list(town.app.extensions["mythmark_studio"]._line)


def test_the_page_is_waited_for_in_the_same_way(town: Town, closed: str, slow: Pretender) -> None:
    vera, path = town.browser("vera"), f"/assessments/{closed}/report"
    assert vera.get(path).status_code == 202
    slow.held.set()
    town.app.extensions["mythmark_studio"].wait(_orders(town)[0], 20)
    assert "data-go>Show the report" in vera.get(f"{path}?seen=drawing-0", headers=HTMX).text
    assert "Drawn 1" in vera.get(path).text


def test_who_stands_in_line_is_told_how_many_come_first(town: Town, closed: str, slow: Pretender) -> None:
    vera = town.browser("vera")
    vera.get(f"/assessments/{closed}/report.pdf")
    second = vera.get(f"/assessments/{closed}/report")
    assert "1 report is made before this one" in second.text
    slow.held.set()


def test_a_full_line_is_503_and_says_when_to_come_again(town: Town, closed: str, slow: Pretender) -> None:
    town.app.extensions["mythmark_studio"] = Studio(slow, waiting=1)
    vera = town.browser("vera")
    vera.get(f"/assessments/{closed}/report.pdf")
    refused = vera.get(f"/assessments/{closed}/report")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert "Many reports" in refused.text
    slow.held.set()


def test_what_goes_wrong_is_told_and_can_be_tried_again(
    town: Town, closed: str, slow: Pretender, monkeypatch: pytest.MonkeyPatch
) -> None:
    vera, path = town.browser("vera"), f"/assessments/{closed}/report"
    slow.fails = RenderTimedOut(60)
    vera.get(path)
    order = _orders(town)[0]
    slow.held.set()
    assert order.ended.wait(20)  # type: ignore[attr-defined]
    told = vera.get(f"{path}?seen=drawing-0", headers=HTMX)
    assert "not ready after 60 seconds" in told.text
    assert f'href="{path}">Try again' in told.text
    assert "hx-get" not in told.text
    slow.fails = None
    monkeypatch.setattr(routes, "PATIENCE", 20.0)
    assert vera.get(path).status_code == 200


def test_no_connection_is_held_while_something_is_drawn(town: Town, closed: str, pretender: Pretender) -> None:
    held: list[int] = []
    pretender.watch = lambda: held.append(town.engine.pool.checkedout())  # type: ignore[attr-defined]
    town.browser("vera").get(f"/assessments/{closed}/report")
    assert held == [0]


def test_two_who_ask_at_once_share_one_drawing(
    town: Town, closed: str, slow: Pretender, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[int] = []
    browsers = [town.browser("vera"), town.browser("bob")]
    threads = [
        threading.Thread(target=lambda b=b: answers.append(b.get(f"/assessments/{closed}/report").status_code))
        for b in browsers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slow.held.set()
    assert answers == [202, 202]
    monkeypatch.setattr(routes, "PATIENCE", 20.0)
    assert browsers[0].get(f"/assessments/{closed}/report").status_code == 200
    assert len(slow.drawn) == 1
