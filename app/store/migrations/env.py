"""How Alembic runs the migrations: on the connection it is handed, in the one transaction that is already open."""

from alembic import context

from app.store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    # SQLite is thought to have no transactional DDL; it has, once BEGIN is said aloud (app.store.unit_of_work).
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
