"""How a process hears of changes that another one made to a room: revisions, and a connection of its own to listen."""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.store.tables.room import RoomRow
from app.store.unit_of_work import is_sqlite


def revisions(session: Session, room_ids: Collection[int]) -> Mapping[int, int]:
    """The present revisions of these rooms by inner key; a room that is gone is left out."""
    rows = session.execute(select(RoomRow.id, RoomRow.revision).where(RoomRow.id.in_(room_ids)))
    return {room_id: revision for room_id, revision in rows}  # noqa: C416 - rows are no pairs to mypy


def announce(session: Session, channel: str, room_id: int) -> None:
    """Tell other nodes, with the commit of this unit, that a room has changed. SQLite tells by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_notify(:channel, :room)"), {"channel": channel, "room": str(room_id)})


def listening(engine: Engine) -> Callable[[], Any]:
    """What opens a connection of its own, in autocommit, to listen on."""
    if is_sqlite(engine):
        file = engine.url.database or ""
        return lambda: sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=1.0)
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    # The driver that the engine has loaded: on SQLite there is none to load.
    driver = engine.dialect.loaded_dbapi
    return lambda: driver.connect(address, autocommit=True)
