"""What is written where order, versions or repetition matter. Everything else is a row added to the session."""

from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.store.columns import Row


def insert_into(session: Session, row: type[Row], values: dict[str, Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of this database's own kind, which knows ON CONFLICT; of the table, past the identity map."""
    table: Any = row.__table__
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(table).values(**values)


def add_once(session: Session, row: Row) -> bool:
    """Add a row unless a rule of the database refuses it, such as a name taken by somebody faster; whether it is in."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def changed_rows(result: Any) -> int:  # noqa: ANN401 - SQLAlchemy types the result of a write as any result
    """How many rows a write touched."""
    return result.rowcount if isinstance(result, CursorResult) else 0
