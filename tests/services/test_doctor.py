"""The doctor tells what is wrong, and goes on."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.config import Settings, read_settings
from app.services import doctor
from app.store.revision import program_revision
from app.store.schema import migrate
from app.store.unit_of_work import make_engine, writing


def test_an_empty_shelf_is_told_and_the_rest_is_still_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken() -> str:
        raise RuntimeError("the solver cannot be loaded")

    monkeypatch.setattr(doctor, "SHIPPED", tmp_path)
    monkeypatch.setattr(doctor, "_solver", broken)
    monkeypatch.setattr(doctor, "_fonts", lambda: "all there")
    found = {finding.what: finding for finding in doctor.examine()}
    assert not found["questionnaires"].ok
    assert "shelf is empty" in found["questionnaires"].says
    assert found["solver"] == doctor.Finding("solver", ok=False, says="the solver cannot be loaded")
    assert found["fonts"].ok


def test_a_bad_pack_on_the_shelf_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("- nothing\n")
    monkeypatch.setattr(doctor, "SHIPPED", tmp_path)
    first = next(doctor.examine())
    assert not first.ok
    assert "bad.yaml:1:1" in first.says


def _settings(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Settings:
    monkeypatch.setenv("MYTHMARK_DATA", str(folder))
    return read_settings()


def test_no_database_yet_is_in_order_and_none_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = list(doctor.examine_database(_settings(monkeypatch, tmp_path / "data")))
    assert [finding.ok for finding in found] == [True, True]
    assert not (tmp_path / "data").exists()


def test_a_database_at_this_version_is_in_order_and_a_foreign_one_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = _settings(monkeypatch, tmp_path)
    engine = make_engine(settings.database)
    migrate(engine)
    assert [str(f.says) for f in doctor.examine_database(settings)] == ["SQLite answers", f"at {program_revision()}"]
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    last = list(doctor.examine_database(settings))[-1]
    assert (last.what, last.ok) == ("migrations", False)
    assert "newer program" in last.says


def test_a_database_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    found = list(doctor.examine_database(read_settings()))
    assert [(f.what, f.ok) for f in found] == [("database", False)]
    assert "does not answer" in found[0].says
