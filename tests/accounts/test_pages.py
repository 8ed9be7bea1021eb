"""The pages around signing in, in the whole application."""

import json
import re
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask, g, request
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts import invitations, start
from app.accounts.gate import MembershipGate
from app.accounts.port import Port
from app.accounts.security import set_up
from app.config import Settings
from app.factory import create_app
from app.store.lookups import people
from app.store.unit_of_work import reading, writing
from app.web.parts import Parts
from app.web.people import blueprint as people_room
from app.web.profile import OTHERS, blueprint, draw, entrance
from tests.accounts.authenticator import Phone
from tests.accounts.conftest import NOW, PASSWORD, Cast, Clock, Letters

NEW = "seven green kettles sing"


@pytest.fixture
def app(engine: Engine, cast: Cast, clock: Clock, letters: Letters) -> Flask:
    def session() -> Session:
        if "unit" not in g:
            g.stack = ExitStack()
            g.unit = g.stack.enter_context((reading if request.method in {"GET", "HEAD"} else writing)(engine))
        found: Session = g.unit
        return found

    def extend(app: Flask) -> None:
        set_up(
            app,
            Port(session, lambda: reading(engine), lambda: writing(engine), clock, draw, b"s" * 40, mailer=letters),
        )

        @app.teardown_request
        def close(error: BaseException | None) -> None:
            stack = g.pop("stack", None)
            if stack is not None:
                stack.__exit__(type(error) if error else None, error, None)

    rooms = (blueprint, people_room)
    parts = Parts(rooms=rooms, entrance=entrance, gate=MembershipGate(), extend=(extend,), others=OTHERS)
    return create_app(Settings(), parts)


@pytest.fixture
def browser(app: Flask) -> "Browser":
    return Browser(app.test_client())


class Browser:
    """A client that sends back the forms' own protection."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._mark = ""

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path)
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        self._mark = found[1] if found else self._mark
        return answer

    def post(self, path: str, **data: str) -> TestResponse:
        answer = self.client.post(path, data={"csrf_token": self._mark, **data})
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        self._mark = found[1] if found else self._mark
        return answer

    def enter(self, name: str = "alice", password: str = PASSWORD) -> TestResponse:
        self.get("/sign-in")
        answer = self.post("/sign-in", email=f"{name}@example.org", password=password)
        self.get("/profile")
        return answer


def options_of(answer: TestResponse) -> Any:
    found = re.search(r'data-options="([^"]+)"', answer.text)
    assert found
    return json.loads(found[1].replace("&#34;", '"').replace("&quot;", '"'))


def action_of(answer: TestResponse) -> str:
    found = re.search(r'action="([^"]+)" data-ceremony', answer.text)
    assert found
    return found[1]


PAGES = ["/profile", "/profile/password", "/profile/second-factor", "/profile/recovery-codes", "/profile/passkeys",
         "/sign-in/again", "/sign-in/again/passkey"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_each_page_of_one_s_own_is_there_for_who_is_signed_in(browser: Browser, path: str) -> None:
    browser.enter()
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script>|style=|onclick=", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_asked_to_sign_in(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {302, 401}


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/passkey", "/reset"])
def test_the_doors_are_there_for_everybody(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


def test_a_form_of_another_site_is_refused(browser: Browser, app: Flask) -> None:
    assert (
        app.test_client().post("/sign-in", data={"email": "alice@example.org", "password": PASSWORD}).status_code == 400
    )


def test_a_wrong_password_is_422_and_said_once(browser: Browser) -> None:
    answer = browser.enter(password="wrong wrong wrong")
    assert answer.status_code == 422
    assert answer.text.count("The address or the password is not right.") == 1


def test_too_many_tries_say_how_long_to_wait(browser: Browser) -> None:
    for _ in range(5):
        browser.enter(password="wrong wrong wrong")
    answer = browser.enter()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) < 5


def test_signing_in_leads_back_and_signing_out_ends(browser: Browser) -> None:
    browser.get("/sign-in?next=/profile")
    answer = browser.post("/sign-in", email="alice@example.org", password=PASSWORD, next="/profile")
    assert answer.location == "/profile"
    browser.get("/profile")
    assert browser.post("/sign-out").status_code == 302
    assert browser.get("/profile").status_code == 401


def test_a_start_link_signs_in_by_its_button_alone(browser: Browser, engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        path = start.make_start_link(session, cast.people["alice"], NOW)
    assert browser.get(path).status_code == 200
    assert browser.get("/profile").status_code == 401
    browser.get(path)
    assert browser.post(path).status_code == 303
    assert browser.get("/profile").status_code == 200
    assert browser.get(path).status_code == 404
    assert browser.get("/start/invented").status_code == 404


def test_an_invitation_lets_somebody_new_in(browser: Browser, engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        path = invitations.invite(session, cast.actor(session, "alice"), cast.ours, "dora@example.org", "member", NOW)
    assert "dora@example.org" in browser.get(path).text
    weak = browser.post(path, name="Dora", password="password1234", again="password1234")
    assert weak.status_code == 422
    assert "guessed" in weak.text
    assert browser.post(path, name="Dora", password=NEW, again=NEW).status_code == 303
    assert "dora@example.org" in browser.get("/profile").text
    assert browser.get(path).status_code == 404


def test_an_invitation_of_somebody_known_is_accepted_signed_in(browser: Browser, engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        path = invitations.invite(
            session, cast.actor(session, "alice"), cast.ours, "charlie@example.org", "viewer", NOW
        )
    assert 'name="password"' not in browser.get(path).text
    assert browser.post(path, name="Eve", password=NEW, again=NEW).status_code == 200
    browser.enter("bob")
    browser.get(path)
    assert browser.post(path).status_code == 403
    browser.post("/sign-out")
    browser.enter("charlie")
    browser.get(path)
    assert browser.post(path).status_code == 303


def test_a_token_is_shown_once_and_ended(browser: Browser) -> None:
    browser.enter()
    made = browser.post("/profile/tokens", name="laptop")
    secret = re.search(r"mm_[\w-]{43}", made.text)
    assert secret
    again = browser.get("/profile")
    assert secret[0] not in again.text
    path = re.search(r"/profile/tokens/\w+/end", again.text)
    assert path
    other = browser.client.application.test_client()
    assert other.get("/profile", headers={"Authorization": "Bearer mm_wrong"}).status_code == 401
    assert browser.post(path[0]).status_code == 303
    assert browser.post(path[0]).status_code == 404


def test_a_browser_is_signed_out_from_another(app: Flask, browser: Browser) -> None:
    other = Browser(app.test_client())
    browser.enter()
    other.enter()
    listed = re.findall(r"(/profile/sessions/\w+/end)(.*?)</li>", browser.get("/profile").text, re.DOTALL)
    assert len(listed) == 2
    (theirs,) = [path for path, words in listed if "this browser" not in words]
    assert browser.post(theirs).status_code == 303
    assert other.get("/profile").status_code == 401
    assert browser.get("/profile").status_code == 200


def test_sessions_and_tokens_of_others_are_not_there(app: Flask, browser: Browser) -> None:
    browser.enter()
    path = re.findall(r"/profile/sessions/\w+/end", browser.get("/profile").text)[0]
    other = Browser(app.test_client())
    other.enter("bob")
    assert other.post(path).status_code == 404
    assert browser.get("/profile").status_code == 200


def test_a_second_factor_and_recovery_codes_by_the_pages(browser: Browser) -> None:
    browser.enter()
    shown = browser.post("/profile/second-factor", setup="authenticator")
    assert "data:image/svg+xml" in shown.text
    codes = browser.post("/profile/recovery-codes")
    assert len(re.findall(r"<code>[0-9a-f-]{14}</code>", codes.text)) == 10


def test_a_passkey_by_the_pages(browser: Browser, engine: Engine, cast: Cast) -> None:
    phone = Phone()
    browser.enter()
    asked = browser.post("/profile/passkeys", name="My phone", usage="first")
    done = browser.post(action_of(asked), credential=phone.make(options_of(asked)))
    assert done.status_code == 302
    assert "My phone" in browser.get("/profile/passkeys").text
    browser.post("/sign-out")
    browser.get("/sign-in/passkey")
    asked = browser.post("/sign-in/passkey")
    assert 'data-ceremony="get"' in asked.text
    with reading(engine) as session:
        handle = str(people.user_by_key(session, cast.people["alice"]).fs_webauthn_user_handle)
    browser.post(action_of(asked), credential=phone.sign(options_of(asked), handle))
    assert browser.get("/profile").status_code == 200


# People: works, stranger, wrong role, foreign, bad id, bad input, wrong method

BASE = "/organizations/ours/people"


def public_id(engine: Engine, key: int) -> str:
    with reading(engine) as session:
        return people.user_by_key(session, key).public_id


def routes(engine: Engine, cast: Cast) -> list[tuple[str, str]]:
    bob = public_id(engine, cast.people["bob"])
    return [
        ("get", BASE), ("post", f"{BASE}/invitations"), ("post", f"{BASE}/invitations/nothing/withdraw"),
        ("get", f"{BASE}/{bob}"), ("post", f"{BASE}/{bob}"), ("post", f"{BASE}/{bob}/remove"),
        ("post", f"{BASE}/{bob}/reset-link"),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("charlie", 404), ("vic", 403), ("bob", 403), ("fay", 403)])
def test_only_owners_reach_people(browser: Browser, engine: Engine, cast: Cast, name: str | None, status: int) -> None:
    if name:
        browser.enter(name)
    else:
        browser.get("/sign-in")
    for method, path in routes(engine, cast):
        answer = browser.get(path) if method == "get" else browser.post(path)
        assert (path, answer.status_code) == (path, status)


def test_an_owner_finds_no_foreign_person_or_invitation(browser: Browser, engine: Engine, cast: Cast) -> None:
    charlie = public_id(engine, cast.people["charlie"])
    browser.enter()
    assert browser.get(f"{BASE}/{charlie}").status_code == 404
    for path in (f"{charlie}", f"{charlie}/remove", f"{charlie}/reset-link", "invitations/nothing/withdraw"):
        assert (path, browser.post(f"{BASE}/{path}", role="owner").status_code) == (path, 404)
    assert browser.get("/organizations/theirs/people").status_code == 404


def test_an_owner_invites_changes_and_removes(browser: Browser, engine: Engine, cast: Cast, letters: Letters) -> None:
    bob = public_id(engine, cast.people["bob"])
    browser.enter()
    assert "bob@example.org" in browser.get(BASE).text
    assert browser.post(f"{BASE}/invitations", email="no address", role="member").status_code == 422
    assert browser.post(f"{BASE}/invitations", email="bob@example.org", role="member").status_code == 422
    assert browser.post(f"{BASE}/invitations", email="dora@example.org", role="king").status_code == 422
    assert browser.post(f"{BASE}/invitations", email="dora@example.org", role="member").status_code == 303
    ((recipient, _, text),) = letters.sent
    assert recipient == "dora@example.org"
    assert re.search(r"/invitations/[\w-]{43}", text)
    withdraw = re.search(rf"{BASE}/invitations/\w+/withdraw", browser.get(BASE).text)
    assert withdraw
    assert browser.post(withdraw[0]).status_code == 303
    assert browser.get(f"{BASE}/{bob}").status_code == 200
    assert browser.post(f"{BASE}/{bob}", role="facilitator", all_teams="y").status_code == 303
    assert "facilitator" in browser.get(BASE).text
    assert "/reset/" in browser.post(f"{BASE}/{bob}/reset-link").text
    assert browser.post(f"{BASE}/{bob}/remove").status_code == 303
    assert browser.get(f"{BASE}/{bob}").status_code == 404
    alice = public_id(engine, cast.people["alice"])
    assert browser.post(f"{BASE}/{alice}/remove").status_code == 409
    assert browser.client.delete(BASE).status_code in {400, 405}
