"""The shelf: the packs an assessment can name, found beside the package and where else it is told to look."""

import re
from collections.abc import Iterable
from pathlib import Path

from app.domain.errors import MythmarkError
from app.domain.questionnaire import Questionnaire
from app.formats.packs import load_questionnaire
from app.formats.problems import Problem, Problems

#: The packs that come with the program.
SHIPPED = Path(__file__).resolve().parents[2] / "questionnaires"

_LINE = r"(?m)^{}[ \t]*:[ \t]*[\"']?([A-Za-z0-9._-]+)[\"']?[ \t]*(?:#.*)?\r?$"
_ID = re.compile(_LINE.format("id"))
_VERSION = re.compile(_LINE.format("version"))


class UnknownQuestionnaire(MythmarkError):
    """No pack on the shelf has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        there = ", ".join(known) or "nothing"
        super().__init__(f"there is no questionnaire {name!r} on the shelf; there is {there}")


class Shelf:
    """Packs by name such as ``mlops@1.0.0``; each file is read when it is first wanted, and once.

    ``folders`` are searched for ``*.yaml``, ``*.yml`` and ``*.json``; ``files`` are single packs.
    """

    def __init__(self, folders: Iterable[Path] = (SHIPPED,), files: Iterable[Path] = ()) -> None:
        found = [path for folder in folders for path in sorted(folder.glob("*")) if path.suffix in _SUFFIXES]
        self._files: dict[str, Path] = {}
        self._read: dict[str, Questionnaire] = {}
        for path in (*found, *files):
            self._place(path)

    def _place(self, path: Path) -> None:
        """Put a file on the shelf under the name its first lines give; read it whole where they give none."""
        text = path.read_text(encoding="utf-8", errors="replace")
        ids, versions = _ID.findall(text), _VERSION.findall(text)
        if len(ids) == 1 and len(versions) == 1:
            name = f"{ids[0]}@{versions[0]}"
            if name in self._files or name in self._read:
                self._take(name, load_questionnaire(path.read_bytes(), str(path)), path)
            else:
                self._files[name] = path
            return
        pack = load_questionnaire(path.read_bytes(), str(path))
        self._take(pack.name, pack, path)

    def _take(self, name: str, pack: Questionnaire, path: Path) -> None:
        """The same pack may stand on the shelf twice; two packs of one name may not."""
        if name in self.names() and self.get(name).digest != pack.digest:
            message = f"another pack on the shelf calls itself {name} and says something else; raise the version"
            raise Problems([Problem(str(path), 1, 1, "version", message)])
        self._read.setdefault(name, pack)

    def add(self, pack: Questionnaire) -> None:
        """Put a pack on the shelf that came with an assessment; raises Problems where its name is taken."""
        self._take(pack.name, pack, Path(pack.name))

    def names(self) -> tuple[str, ...]:
        """What is there, in alphabetical order."""
        return tuple(sorted({*self._files, *self._read}))

    def get(self, name: str) -> Questionnaire:
        """One pack; raises UnknownQuestionnaire, or Problems where its file is broken."""
        if name not in self._read:
            path = self._files.get(name)
            if path is None:
                raise UnknownQuestionnaire(name, self.names())
            pack = load_questionnaire(path.read_bytes(), str(path))
            if pack.name != name:
                raise UnknownQuestionnaire(name, (pack.name, *self.names()))
            self._read[name] = pack
        return self._read[name]


_SUFFIXES = (".yaml", ".yml", ".json")
