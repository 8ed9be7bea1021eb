"""The doctor tells what is wrong, and goes on."""

from pathlib import Path

import pytest

from app.services import doctor


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
