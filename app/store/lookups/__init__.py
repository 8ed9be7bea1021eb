"""What is asked of the store: rows, or NotFound. Whatever belongs to an organization is asked for with it.

Where an address names a thing without its organization, the lookup goes through the caller's memberships
(``..._of_user``): what belongs to others is not found, as what does not exist.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.store.errors import NotFound

_Row = TypeVar("_Row")
#: The longest public id or slug that is looked up; longer ones exist nowhere.
LONGEST_NAME = 200


def one(session: Session, statement: Select[tuple[_Row]], what: str) -> _Row:
    """The only row of a query; raises NotFound."""
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise NotFound(what)
    return row


def all_of(session: Session, statement: Select[tuple[_Row]]) -> Sequence[_Row]:
    """All rows of a query."""
    return session.scalars(statement).all()


def one_pair(session: Session, statement: Select[Any], what: str) -> Any:  # noqa: ANN401 - typed by the callers
    """The only result of a query over several tables; raises NotFound."""
    found = session.execute(statement).one_or_none()
    if found is None:
        raise NotFound(what)
    return tuple(found)
