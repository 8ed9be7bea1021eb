"""Signing in with a password, and sessions that end."""
import statistics
import time

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from app.accounts import passwords
from app.store.tables.access import WebSessionRow
from app.store.tables.people import UserRow
from app.store.unit_of_work import reading, writing
from tests.accounts.conftest import PASSWORD, Cast, Clock, enter, who


def test_the_right_password_opens(client: FlaskClient) -> None:
    answer = enter(client, "Alice@Example.org")
    assert answer.status_code == 302
    assert who(client) == "alice@example.org"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: FlaskClient) -> None:
    known, unknown = enter(client, password="wrong wrong wrong"), enter(client, "nobody@example.org", "wrong wrong wrong")
    assert known.status_code == unknown.status_code == 422
    assert known.data == unknown.data
    assert who(client) == "nobody"
