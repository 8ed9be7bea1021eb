"""What is asked of the store: rows, or NotFound. Whatever belongs to an organization is asked for with it.

Where an address names a thing without its organization, the lookup goes through the caller's memberships
(``..._of_user``): what belongs to others is not found, as what does not exist.
"""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.store.errors import NotFound

_Row = TypeVar("_Row")
_Other = TypeVar("_Other")


def one(session: Session, statement: Select[_Row], what: str) -> _Row:
    """The only row of a query; raises NotFound."""
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise NotFound(what)
    return row


def all_of(session: Session, statement: Select[_Row]) -> Sequence[_Row]:
    """All rows of a query."""
    return session.scalars(statement).all()


def one_pair(session: Session, statement: Select[_Row, _Other], what: str) -> tuple[_Row, _Other]:
    """The only pair of a query over two tables; raises NotFound."""
    found = session.execute(statement).one_or_none()
    if found is None:
        raise NotFound(what)
    first, second = found
    return first, second
