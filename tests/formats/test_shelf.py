"""The shelf finds packs by name, reads each once, and says what is there."""

from pathlib import Path

import pytest

from app.formats import shelf as shelf_module
from app.formats.packs import load_questionnaire
from app.formats.problems import Problems
from app.formats.shelf import SHIPPED, Shelf, UnknownQuestionnaire

TINY = (SHIPPED / "examples/tiny.v1.yaml").read_text("utf-8")


def test_the_shipped_pack_is_there_and_examples_are_not() -> None:
    assert Shelf().names() == ("mlops@1.0.0",)
    assert Shelf().get("mlops@1.0.0").id == "mlops"


def test_an_unknown_name_lists_what_is_there() -> None:
    with pytest.raises(UnknownQuestionnaire, match=r"'mlops@9\.0\.0' on the shelf; there is mlops@1\.0\.0"):
        Shelf().get("mlops@9.0.0")
    with pytest.raises(UnknownQuestionnaire, match="there is nothing"):
        Shelf(folders=()).get("mlops@1.0.0")


def test_a_pack_is_read_when_it_is_wanted_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counting(data: bytes, name: str) -> object:
        read.append(name)
        return load_questionnaire(data, name)

    monkeypatch.setattr(shelf_module, "load_questionnaire", counting)
    shelf = Shelf()
    assert read == []
    assert shelf.get("mlops@1.0.0") is shelf.get("mlops@1.0.0")
    assert len(read) == 1


def test_extra_folders_and_files_stand_beside_the_shipped_packs(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(TINY, "utf-8")
    (tmp_path / "notes.txt").write_text("no pack", "utf-8")
    other = tmp_path / "single" / "second.yml"
    other.parent.mkdir()
    other.write_text(TINY.replace("version: 1.0.0", "version: '2.0.0'"), "utf-8")
    shelf = Shelf((SHIPPED, tmp_path), [other])
    assert shelf.names() == ("mlops@1.0.0", "tiny@1.0.0", "tiny@2.0.0")
    assert shelf.get("tiny@2.0.0").version == "2.0.0"


def test_a_pack_that_came_with_an_assessment_can_be_added() -> None:
    pack = load_questionnaire(TINY.encode(), "attached")
    shelf = Shelf(folders=())
    shelf.add(pack)
    shelf.add(pack)
    assert shelf.get("tiny@1.0.0") is pack


def test_two_packs_of_one_name_must_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TINY, "utf-8")
    (tmp_path / "b.yaml").write_text("# a copy\n" + TINY, "utf-8")
    assert Shelf([tmp_path]).names() == ("tiny@1.0.0",)
    (tmp_path / "c.yaml").write_text(TINY.replace("Nowhere.", "Elsewhere."), "utf-8")
    with pytest.raises(Problems, match=r"c\.yaml:1:1: version: another pack on the shelf calls itself tiny@1\.0\.0"):
        Shelf([tmp_path])


def test_a_broken_pack_is_refused_when_it_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TINY.replace("rev: 1", "rev: x"), "utf-8")
    shelf = Shelf([tmp_path])
    assert shelf.names() == ("tiny@1.0.0",)
    with pytest.raises(Problems, match="must be a whole number"):
        shelf.get("tiny@1.0.0")


def test_a_file_that_hides_its_name_is_read_whole(tmp_path: Path) -> None:
    flow = "{" + ", ".join(TINY[TINY.index("format:") :].split("\n")[:3]) + "}"
    (tmp_path / "a.yaml").write_text(flow, "utf-8")
    with pytest.raises(Problems, match="'title' is missing"):
        Shelf([tmp_path])
    indented = "".join(f" {line}\n" if line else "\n" for line in TINY.splitlines())
    (tmp_path / "a.yaml").write_text(indented, "utf-8")
    assert Shelf([tmp_path]).names() == ("tiny@1.0.0",)


def test_a_file_that_changed_its_name_meanwhile_is_not_given_out(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(TINY, "utf-8")
    shelf = Shelf([tmp_path])
    path.write_text(TINY.replace("version: 1.0.0", "version: '1.1.0'"), "utf-8")
    with pytest.raises(UnknownQuestionnaire, match=r"there is tiny@1\.1\.0"):
        shelf.get("tiny@1.0.0")
