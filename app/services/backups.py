"""Backups of the embedded database with the secret, in one file; stored reports are in the database."""

import os
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from app.config import Settings
from app.services.database import Database
from app.services.secret_key import FILE as SECRET
from app.services.secret_key import secret_file, secret_key, write_secret
from app.store import copies
from app.store.errors import CopyRefused
from app.store.unit_of_work import make_engine

_DATABASE = "mythmark.db"
_PRIVATE = 0o600


def back_up(database: Database, file: Path) -> str:
    """Copy database and secret into a new file, also while others write; the revision. Raises CopyRefused."""
    copies.database_file(database.engine)
    if file.exists():
        raise CopyRefused(f"{file} is there already; name a new file")
    if not file.absolute().parent.is_dir():
        raise CopyRefused(f"{file.absolute().parent} is no folder; make it first")
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".mythmark-") as folder:
        copy, part = Path(folder) / _DATABASE, Path(folder) / "backup"
        revision = copies.backup(database.engine, copy)
        secret = Path(folder) / SECRET
        write_secret(secret, secret_key(database.settings))
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(handle, "wb") as out:
            with tarfile.open(fileobj=out, mode="w") as archive:
                for path in (copy, secret):
                    archive.add(path, path.name)
            out.flush()
            os.fsync(out.fileno())
        part.rename(file)
    return revision


def put_back(settings: Settings, file: Path, *, force: bool = False) -> str:
    """Put a backup in the place of the database and the secret; the revision (migrate may follow).

    Raises CopyRefused: for what is no whole backup, while the database is open, and over one without ``force``.
    """
    engine = make_engine(settings.database)
    try:
        target = copies.database_file(engine)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryDirectory(dir=target.parent, prefix=".mythmark-") as folder:
            _unpack(file, Path(folder))
            revision = copies.restore(Path(folder) / _DATABASE, engine, force=force)
            secret = secret_file(settings)
            secret.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_secret(secret, (Path(folder) / SECRET).read_bytes(), replace=True)
    finally:
        engine.dispose()
    return revision


def _unpack(file: Path, folder: Path) -> None:
    """The two members of a backup, by their names alone: nothing else of the archive is believed."""
    try:
        with tarfile.open(file, mode="r:") as archive:
            for name in (_DATABASE, SECRET):
                member = archive.extractfile(name)
                if member is None:
                    raise CopyRefused(f"{file} is no backup of Mythmark; {name} in it is no file")
                handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
                with os.fdopen(handle, "wb") as out:
                    while block := member.read(1 << 20):
                        out.write(block)
    except OSError as error:
        raise CopyRefused(f"{file}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (tarfile.TarError, KeyError):
        raise CopyRefused(f"{file} is no backup of Mythmark; give a file that `mythmark backup` wrote") from None
