"""Leaves no trace of deleted rows in the file of the embedded database."""

from sqlalchemy import Engine

from app.store.unit_of_work import is_sqlite, writing_engine


def compact(engine: Engine) -> bool:
    """Write the embedded database anew without what was deleted; False for PostgreSQL, whose vacuum does that.

    SQLite keeps deleted rows in free pages, and in its log until the log is folded in. Waits for readers.
    """
    if not is_sqlite(engine):
        return False
    with writing_engine(engine).connect() as connection:
        # VACUUM cannot run within a transaction, which the engine begins: the driver's own connection has none.
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a checked-out connection has its driver's
        driver.execute("PRAGMA query_only=OFF")
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            driver.execute(statement).fetchall()
    return True
