"""What is written where order, versions or repetition matter. Everything else is a row added to the session."""

from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.store.columns import Row


def insert_into(session: Session, row: type[Row], values: dict[str, Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of this database's own kind, which knows ON CONFLICT; of the table, past the identity map."""
    table: Any = row.__table__
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(table).values(**values)


def changed_rows(result: Any) -> int:  # noqa: ANN401 - SQLAlchemy types the result of a write as any result
    """How many rows a write touched."""
    return result.rowcount if isinstance(result, CursorResult) else 0
