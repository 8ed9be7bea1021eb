"""All files or none, and nothing half-written."""

import os
from pathlib import Path

import pytest

from app.cli.inputs import Unusable, read_file
from app.cli.outputs import Outputs


def test_what_is_written_replaces_the_old_and_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"old")
    outputs = Outputs({"pdf": str(tmp_path / "r.pdf"), "json": str(tmp_path / "r.json")})
    outputs.check([])
    outputs.write({"pdf": b"new", "json": b"{}"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"r.pdf": b"new", "r.json": b"{}"}


def test_a_new_file_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    Outputs({"pdf": str(tmp_path / "r.pdf")}).write({"pdf": b"x"})
    assert (tmp_path / "r.pdf").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_replaced_file_keeps_its_rights_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "real.pdf").chmod(0o640)
    (tmp_path / "link.pdf").symlink_to("real.pdf")
    Outputs({"pdf": str(tmp_path / "link.pdf")}).write({"pdf": b"new"})
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"
    assert (tmp_path / "real.pdf").stat().st_mode & 0o777 == 0o640


def test_when_one_file_fails_no_other_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.pdf").write_bytes(b"old")
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outputs = Outputs({"pdf": str(tmp_path / "r.pdf"), "json": str(tmp_path / "r.json")})
    with pytest.raises(Unusable, match="no space left on device"):
        outputs.write({"pdf": b"new", "json": b"{}"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"r.pdf": b"old"}


def test_checking_leaves_nothing_behind(tmp_path: Path) -> None:
    Outputs({"pdf": str(tmp_path / "r.pdf")}).check([])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("missing/r.pdf", "cannot be written"), (".", "is a folder"), ("given.yaml", "is used twice")],
)
def test_what_cannot_be_written_is_refused_beforehand(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(Unusable, match=says):
        Outputs({"pdf": str(tmp_path / name)}).check([str(tmp_path / "given.yaml")])


def test_one_name_for_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="is used twice"):
        Outputs({"pdf": str(tmp_path / "r"), "json": str(tmp_path / "." / "r")}).check([])
    with pytest.raises(Unusable, match="is used twice"):
        Outputs({"html": "-", "json": "-"}).check([])


def test_a_device_stays_a_device() -> None:
    outputs = Outputs({"pdf": os.devnull})
    outputs.check([])
    outputs.write({"pdf": b"x"})
    assert not Path(os.devnull).is_file()


def test_a_pipe_is_written_though_it_has_no_name_of_its_own() -> None:
    reading, writing = os.pipe()
    outputs = Outputs({"json": f"/dev/fd/{writing}"})
    outputs.check([])
    outputs.write({"json": b"{}"})
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"{}"


def test_a_device_that_is_full_is_called_by_its_name() -> None:
    outputs = Outputs({"json": "/dev/full"})
    outputs.check([])
    with pytest.raises(Unusable, match=r"^/dev/full: cannot be written: no space left on device"):
        outputs.write({"json": b"{}"})


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no such file"):
        read_file(str(tmp_path / "missing.yaml"))
    with pytest.raises(Unusable, match="is a directory"):
        read_file(str(tmp_path))
