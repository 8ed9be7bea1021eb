"""Random secrets for links and tokens, and the hashes that are kept of them."""

import hashlib
import hmac
import secrets

_BYTES = 32


def new_secret() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(_BYTES)


def secret_hash(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hex. A plain hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_hash(key: bytes, *parts: str) -> str:
    """A hash (hex) that only who knows the key can make: for addresses, which could be guessed."""
    text = "\0".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
