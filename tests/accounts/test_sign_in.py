"""Signing in with a password, being slowed down, and sessions that end everywhere."""

import statistics
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from app.accounts import passwords, sessions
from app.accounts.members import remove_member
from app.accounts.sessions import end_session, is_live, live_sessions
from app.store.errors import NotFound
from app.store.tables.access import WebSessionRow
from app.store.tables.people import UserRow
from app.store.tables.records import ThrottleRow
from app.store.unit_of_work import reading, writing
from tests.accounts.conftest import PASSWORD, Cast, Clock, enter, who

WRONG = "wrong wrong wrong"
NEW = "seven green kettles sing"


def test_the_right_password_opens(client: FlaskClient) -> None:
    answer = enter(client, " Alice@Example.org ")
    assert answer.status_code == 302
    assert who(client) == "alice@example.org"


def test_wrong_and_unknown_are_answered_alike(client: FlaskClient, engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        session.execute(update(UserRow).where(UserRow.email == "bob@example.org").values(password=None))
        session.execute(update(UserRow).where(UserRow.email == "vic@example.org").values(active=False))
    answers = [
        enter(client, password=WRONG),
        enter(client, "nobody@example.org", WRONG),
        enter(client, "bob@example.org", WRONG),
        enter(client, "vic@example.org", PASSWORD),
    ]
    assert {a.status_code for a in answers} == {422}
    assert len({a.data for a in answers}) == 1
    assert who(client) == "nobody"


@pytest.mark.slow
def test_known_and_unknown_addresses_take_the_same_time(client: FlaskClient) -> None:
    def once(email: str) -> float:
        begin = time.perf_counter()
        enter(client, email, WRONG)
        return time.perf_counter() - begin

    # In turns, each account from a few tries only: the throttle must not answer.
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for round_ in range(3):
        for name in ("alice", "bob", "fay", "vic", "charlie"):
            taken["known"].append(once(f"{name}@example.org"))
            taken["unknown"].append(once(f"{name}{round_ // 3}@nowhere.org"))
    known, unknown = statistics.median(taken["known"]), statistics.median(taken["unknown"])
    assert 0.75 < known / unknown < 1.33
    assert min(known, unknown) > 0.005


def test_a_cookie_is_worth_nothing_after_signing_out(app: Flask, client: FlaskClient) -> None:
    enter(client)
    thief = app.test_client()
    kept = client.get_cookie("session")
    assert kept is not None
    thief.set_cookie("session", kept.value)
    assert who(thief) == "alice@example.org"
    client.post("/sign-out")
    assert who(thief) == who(client) == "nobody"


def test_a_forged_session_secret_opens_nothing(app: Flask, client: FlaskClient) -> None:
    enter(client)
    with client.session_transaction() as cookie:
        cookie["browser"] = "x" * 43
    assert who(client) == "nobody"


def test_a_changed_password_ends_every_other_browser(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    enter(client)
    enter(other)
    answer = client.post(
        "/profile/password", data={"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    )
    assert answer.status_code == 302
    assert who(other) == "nobody"
    assert who(client) == "alice@example.org"
    assert enter(other).status_code == 422
    assert enter(other, password=NEW).status_code == 302


def test_removal_ends_every_browser(app: Flask, client: FlaskClient, engine: Engine, cast: Cast) -> None:
    enter(client, "bob@example.org")
    with writing(engine) as session:
        bob = session.get_one(UserRow, cast.people["bob"])
        remove_member(session, cast.actor(session, "alice"), cast.ours, bob.public_id, Clock().moment)
    assert who(client) == "nobody"


def test_sessions_are_listed_and_ended_one_by_one(
    app: Flask, client: FlaskClient, engine: Engine, cast: Cast, clock: Clock
) -> None:
    other = app.test_client()
    enter(client)
    other.post(
        "/sign-in", data={"email": "alice@example.org", "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
    )  # fmt: skip
    with writing(engine) as session:
        first, second = sorted(live_sessions(session, cast.people["alice"], clock()), key=lambda r: r.id)
        assert second.device == "Firefox on Linux"
        with pytest.raises(NotFound):
            end_session(session, cast.people["bob"], second.public_id, clock())
        end_session(session, cast.people["alice"], second.public_id, clock())
        session.flush()
        assert is_live(session, first.id)
        assert not is_live(session, second.id)
    assert who(other) == "nobody"
    assert who(client) == "alice@example.org"


@pytest.mark.parametrize(("step", "steps", "still"), [(6, 1, True), (8, 1, False), (6, 4, True), (6, 6, False)])
def test_a_session_ends_when_it_lies_idle_or_grows_old(
    client: FlaskClient, clock: Clock, step: int, steps: int, still: bool
) -> None:
    enter(client)
    for _ in range(steps):
        clock.move(days=step)
        seen = who(client)
    assert (seen == "alice@example.org") is still


def test_a_secret_is_kept_as_a_hash_only(client: FlaskClient, engine: Engine) -> None:
    enter(client)
    with client.session_transaction() as cookie:
        secret = cookie["browser"]
    with reading(engine) as session:
        (row,) = session.scalars(select(WebSessionRow).where(WebSessionRow.user_id.in_([1])))
        assert secret not in {row.token_hash, row.public_id, row.device}
        assert sessions.find_session(session, secret, row.created_at) is row


def test_a_person_made_inactive_is_out_at_once(client: FlaskClient, engine: Engine) -> None:
    enter(client)
    with writing(engine) as session:
        session.execute(update(UserRow).values(active=False))
    assert who(client) == "nobody"


def test_wrong_passwords_wait_longer_and_longer_but_never_for_ever(client: FlaskClient, clock: Clock) -> None:
    for _ in range(5):
        assert enter(client, password=WRONG).status_code == 422
    waits = []
    for _ in range(14):
        refused = enter(client, password=PASSWORD)
        assert refused.status_code == 429
        waits.append(int(refused.headers["Retry-After"]))
        clock.move(seconds=waits[-1])
        assert enter(client, password=WRONG).status_code == 422
    assert waits == sorted(waits)
    assert waits[0] <= 3
    assert waits[-1] <= 15 * 60 + 1
    clock.move(seconds=15 * 60 + 1)
    assert enter(client).status_code == 302


def test_a_refused_try_is_not_counted_and_a_right_one_forgets(
    client: FlaskClient, engine: Engine, clock: Clock
) -> None:
    for _ in range(4):
        enter(client, password=WRONG)
    assert enter(client).status_code == 302
    client.post("/sign-out")
    for _ in range(4):
        assert enter(client, password=WRONG).status_code == 422
    enter(client, password=WRONG)
    before = _counted(engine)
    assert enter(client).status_code == 429
    assert _counted(engine) == before


def test_right_passwords_are_never_counted(client: FlaskClient, engine: Engine) -> None:
    for _ in range(10):
        assert enter(client).status_code == 302
        client.post("/sign-out")
    assert _counted(engine) == 0


@pytest.mark.slow
def test_guesses_from_elsewhere_slow_the_owner_for_half_a_minute_at_most(
    client: FlaskClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda password, kept: password == PASSWORD and kept is not None)
    for number in range(80):
        client.post(
            "/sign-in", data={"email": "alice@example.org", "password": WRONG},
            environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
        )  # fmt: skip
        clock.move(seconds=31)
    clock.move(seconds=-31)
    refused = enter(client)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 31
    clock.move(seconds=31)
    assert enter(client).status_code == 302


def test_an_unknown_address_is_throttled_like_a_known_one(client: FlaskClient) -> None:
    answers = [[enter(client, email, WRONG).status_code for _ in range(7)]
               for email in ("alice@example.org", "nobody@example.org")]  # fmt: skip
    assert answers[0] == answers[1] == [422] * 5 + [429] * 2


def test_the_throttle_keeps_no_address(client: FlaskClient, engine: Engine) -> None:
    enter(client, password=WRONG)
    with reading(engine) as session:
        for row in session.scalars(select(ThrottleRow)):
            assert len(row.key_hash) == 64
            assert int(row.key_hash, 16)


def test_the_present_password_is_throttled_too(client: FlaskClient) -> None:
    enter(client)
    sent = {"password": WRONG, "new_password": NEW, "new_password_confirm": NEW}
    codes = [client.post("/profile/password", data=sent).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path", ["/profile/password", "/profile/passkeys", "/profile/recovery-codes", "/sign-in/again"]
)
def test_strangers_are_sent_to_the_door(client: FlaskClient, method: str, path: str) -> None:
    answer = getattr(client, method)(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example"])
def test_nobody_is_led_to_another_site(client: FlaskClient, there: str) -> None:
    answer = client.post(
        "/sign-in", query_string={"next": there},
        data={"email": "alice@example.org", "password": PASSWORD, "next": there},
    )  # fmt: skip
    assert answer.headers.get("Location", "/")[:2] in {"/", "/%"}  # a path of this site, its backslash quoted


def test_nobody_can_register(client: FlaskClient) -> None:
    assert client.get("/register").status_code == 404
    assert client.post("/register").status_code == 404


def test_a_json_client_gets_no_other_door(client: FlaskClient) -> None:
    answer = client.post("/sign-in", json={"email": "alice@example.org", "password": WRONG})
    assert answer.status_code == 422
    assert "response" not in (answer.get_json(silent=True) or {})


def test_flask_security_s_own_tokens_are_not_taken(client: FlaskClient, app: Flask, engine: Engine) -> None:
    with app.test_request_context():
        security = app.extensions["security"]
        row = security.datastore.find_user(email="alice@example.org")
        token = security.remember_token_serializer.dumps({"ver": "5", "uid": row.fs_uniquifier, "exp": 0})
    assert client.get("/", headers={"Authentication-Token": token}).text == "nobody"


def _counted(engine: Engine) -> int:
    with reading(engine) as session:
        return sum(row.count for row in session.scalars(select(ThrottleRow)))
