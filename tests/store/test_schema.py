import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.store.errors import WrongSchema
from app.store.revision import SCRIPTS, current_revision, is_empty, known_revisions, program_revision, require_current
from app.store.schema import migrate, step_back
from app.store.tables import Row
from app.store.unit_of_work import reading, writing
from tests.store import cast

FAILING = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "HEAD"
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("teams", sa.Column("half", sa.Integer))
    op.execute("UPDATE organizations SET name = 'half done'")
    op.execute("SELECT * FROM nowhere")
def downgrade():
    pass
"""

REMAKING = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "HEAD"
def upgrade():
    with op.batch_alter_table("organizations") as batch:
        batch.alter_column("name", type_=sa.String(300), nullable=True)
def downgrade():
    with op.batch_alter_table("organizations") as batch:
        batch.alter_column("name", type_=sa.String(200), nullable=False)
"""


def _with_one_more(source: str, folder: Path) -> Path:
    scripts = folder / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v9999_more.py").write_text(source.replace("HEAD", program_revision()))
    return scripts


def test_the_migrations_make_exactly_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []


@pytest.mark.slow
def test_a_database_with_content_goes_up_down_and_up(empty: Engine) -> None:
    migrate(empty)
    with writing(empty) as session:
        cast.world(session)
    step_back(empty, "0001")
    with reading(empty) as session:
        assert session.scalar(text("SELECT count(*) FROM assessments")) == 1
    assert migrate(empty) == program_revision()
    with reading(empty) as session:
        assert session.scalar(text("SELECT count(*) FROM assessments")) == 1
    step_back(empty, "base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    assert migrate(empty) == program_revision()
    require_current(empty)


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    assert migrate(engine) == migrate(engine) == program_revision()


def test_a_failing_migration_leaves_nothing_half_done(engine: Engine, tmp_path: Path) -> None:
    with writing(engine) as session:
        cast.world(session)
    with pytest.raises(DBAPIError, match="nowhere"):
        migrate(engine, scripts=_with_one_more(FAILING, tmp_path))
    assert current_revision(engine) == program_revision()
    assert "half" not in inspect(engine).get_table_names()
    assert "half" not in {c["name"] for c in inspect(engine).get_columns("teams")}
    with reading(engine) as session:
        assert session.scalar(text("SELECT name FROM organizations")) == "Example"


def test_making_a_table_anew_keeps_what_depends_on_it(engine: Engine, tmp_path: Path) -> None:
    with writing(engine) as session:
        cast.world(session)
    scripts = _with_one_more(REMAKING, tmp_path)
    migrate(engine, scripts=scripts)
    with reading(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM assessments")) == 1
    step_back(engine, program_revision(), scripts=scripts)
    require_current(engine)


def test_the_program_refuses_an_old_schema_and_says_what_to_do(empty: Engine) -> None:
    assert is_empty(empty)
    with pytest.raises(WrongSchema, match=r"is empty.*mythmark migrate"):
        require_current(empty)
    migrate(empty, "0001")
    with pytest.raises(WrongSchema, match=r"revision 0001.*mythmark migrate"):
        require_current(empty)


def test_the_program_refuses_a_newer_schema_and_says_what_to_do(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refused in (require_current, migrate):
        with pytest.raises(WrongSchema, match="newer program"):
            refused(engine)


def test_a_database_of_something_else_is_left_alone(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF" if empty.dialect.name == "sqlite" else "SELECT 1")
        connection.exec_driver_sql("CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(WrongSchema, match="not Mythmark's"):
        migrate(empty)
    assert inspect(empty).get_table_names() == ["theirs"]


def test_the_revisions_are_those_that_alembic_finds(tmp_path: Path) -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert program_revision() == scripts.get_current_head()
    assert known_revisions() == {script.revision for script in scripts.walk_revisions()}
    (tmp_path / "versions").mkdir()
    with pytest.raises(WrongSchema, match="no migrations"):
        program_revision(tmp_path)
