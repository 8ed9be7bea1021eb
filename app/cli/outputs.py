"""Writes files all or none: refuses early what cannot be written, and never leaves half a file behind."""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.cli.inputs import STANDARD, Unusable


@dataclass
class Outputs:
    """The files to write, by what goes into them (such as ``pdf``); ``-`` is standard output."""

    names: Mapping[str, str]
    _beside: dict[Path, Path] = field(default_factory=dict)

    def check(self, inputs: Iterable[str]) -> None:
        """Raise Unusable for what could not be written in the end; leaves nothing behind."""
        taken = {str(Path(name).resolve()): name for name in inputs if name != STANDARD}
        for option, name in self.names.items():
            where = STANDARD if name == STANDARD else str(_target(name))
            if where in taken:
                raise Unusable(f"--{option} {name}: is used twice; give every file a name of its own")
            taken[where] = name
            if name != STANDARD:
                _try(Path(where), name)
            elif option in {"pdf", "xlsx"} and sys.stdout.isatty():
                raise Unusable(f"--{option} -: a terminal cannot show this; send it into a file or another program")

    @property
    def to_standard_output(self) -> bool:
        """Whether standard output is taken by one of the files."""
        return STANDARD in self.names.values()

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Write every file beside its place, then move all of them there; raises Unusable."""
        try:
            for option, name in self.names.items():
                if name != STANDARD:
                    self._write_beside(_target(name), contents[option])
            for target, part in self._beside.items():
                part.replace(target)
        except OSError as error:
            self._forget()
            raise Unusable(f"{error.filename or 'output'}: cannot be written: {_why(error)}") from None
        except BaseException:
            self._forget()
            raise
        for option, name in self.names.items():
            if name == STANDARD:
                sys.stdout.buffer.write(contents[option])
                sys.stdout.buffer.flush()

    def _write_beside(self, target: Path, data: bytes) -> None:
        if target.exists() and not target.is_file():
            # A device or a pipe, such as /dev/stdout: it must stay what it is.
            try:
                target.write_bytes(data)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(target)) from None
            return
        part = _part(target, len(self._beside))
        self._beside[target] = part
        with part.open("xb") as file:
            if target.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _forget(self) -> None:
        for part in self._beside.values():
            with suppress(OSError):
                part.unlink()


def _target(name: str) -> Path:
    """Where to write: a link is followed to the file it names, but not to a pipe, which has no name of its own."""
    path = Path(name)
    return path.absolute() if path.exists() and not path.is_file() else path.resolve()


def _try(target: Path, name: str) -> None:
    if target.is_dir():
        raise Unusable(f"{name}: is a folder; name a file in it")
    if target.exists() and not target.is_file():
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise Unusable(f"{name}: is write-protected; choose another name")
    part = _part(target, -1)
    try:
        part.touch(exist_ok=False)
        part.unlink()
    except OSError as error:
        raise Unusable(f"{name}: cannot be written: {_why(error)}") from None


def _part(target: Path, number: int) -> Path:
    return target.parent / f".mythmark-{os.getpid()}-{number + 1}.part"


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
