"""The secret that signs and keys digests: set from outside, or made once and kept in the data folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from app.config import Settings
from app.domain.errors import MythmarkError

FILE = "secret-key"
_BYTES = 32
_PRIVATE = 0o600
_FEWEST = 32


class BadSecret(MythmarkError):
    """The file of the secret cannot be used; the text says what to do."""


def secret_key(settings: Settings) -> bytes:
    """The secret, made with mode 0600 when there is none yet; the same after a crash. Raises BadSecret."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    file = secret_file(settings)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            write_secret(file, secrets.token_hex(_BYTES).encode())
        key = file.read_bytes().strip()
    except OSError as error:
        raise BadSecret(f"{file}: {(error.strerror or str(error)).lower()}; set MYTHMARK_SECRET_KEY") from None
    if len(key) < _FEWEST:
        raise BadSecret(f"{file} holds no secret of at least {_FEWEST} characters; restore it, or remove the file")
    return key


def secret_file(settings: Settings) -> Path:
    """Where the secret is kept."""
    return settings.data.absolute() / FILE


def write_secret(file: Path, key: bytes, *, replace: bool = False) -> None:
    """Write the secret whole or not at all; of two who are first at once, one wins and both use it."""
    part = file.with_name(f".{FILE}-{os.getpid()}-{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(key)
            out.flush()
            os.fsync(out.fileno())
        if replace:
            part.replace(file)
        else:
            with suppress(FileExistsError):
                os.link(part, file)
    finally:
        part.unlink(missing_ok=True)
