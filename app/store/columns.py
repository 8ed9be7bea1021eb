"""The types that rows are made of: portable between SQLite and PostgreSQL."""

import datetime as dt
import secrets
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, ForeignKey, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

#: No vowels but a and e, no look-alikes, no hyphen: an id may stand first on a command line.
_ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 20
_RANDOM_BITS = 62

#: Marks a column that says whose row it is: a criterion on it makes a query scoped (app.store.scope).
OWNS = "owns"


def portable_json() -> JSON:
    """JSON of either database; a type of its own for each call, because SQLAlchemy tracks changes by type object."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


JsonObject: TypeAlias = dict[str, Any]
JsonList: TypeAlias = list[Any]


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment in UTC; a naive one is refused because nobody can say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """To UTC; raises ValueError for a naive moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone; the store keeps UTC")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """SQLite keeps no zone: what was stored is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number kept as its text, so that no digit is gained or lost."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text of the number."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The number of the text."""
        return None if value is None else Decimal(value)


class Row(DeclarativeBase):
    """The base of every row. Tenants' rows have no relationships: what is read is asked for."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        dt.datetime: UtcDateTime(),
        Decimal: ExactDecimal(),
        JsonObject: portable_json(),
        JsonList: portable_json(),
        list[str]: portable_json(),
        list[int]: portable_json(),
        dict[str, int]: portable_json(),
        dict[str, str]: portable_json(),
    }


def new_public_id() -> str:
    """A random id of 100 bits for addresses."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))


def random_key() -> int:
    """A random key where a counted one would tell who came first."""
    return secrets.randbits(_RANDOM_BITS) + 1


Key: TypeAlias = Annotated[int, mapped_column(primary_key=True, info={OWNS: True})]
PublicId: TypeAlias = Annotated[str, mapped_column(String(40), unique=True, default=new_public_id)]
#: The SHA-256 (hex) of a secret of at least 128 bits: whoever knows the secret may have the row.
SecretHash: TypeAlias = Annotated[str, mapped_column(String(64), unique=True, info={OWNS: True})]
Version: TypeAlias = Annotated[int, mapped_column(default=1)]


def owner(target: str, *, primary_key: bool = False, index: bool = True) -> MappedColumn[Any]:
    """A reference to the row that this one belongs to and goes away with."""
    return mapped_column(
        ForeignKey(target, ondelete="CASCADE"),
        primary_key=primary_key,
        index=index and not primary_key,
        info={OWNS: True},
    )


def organization(*, index: bool = True) -> MappedColumn[Any]:
    """The organization of a tenant's row; without an index where the rows are always found by their assessment."""
    return owner("organizations.id", index=index)


def one_of(column: str, allowed: Iterable[str]) -> CheckConstraint:
    """The column holds one of these words."""
    words = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({words})", name=column)
