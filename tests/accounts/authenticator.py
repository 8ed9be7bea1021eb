"""A passkey device in software: makes a key, and signs with it."""

import base64
import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, CAN_BE_KEPT, KEPT, HAS_KEY = 0x01, 0x04, 0x08, 0x10, 0x40


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Phone:
    """A phone with one passkey; ``verifies``: it asks for a finger."""

    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self._origin, self._rp = origin, origin.split("//")[1].split(":", maxsplit=1)[0]
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self._flags = PRESENT | CAN_BE_KEPT | KEPT | (VERIFIED if verifies else 0)
        self._signed = 0

    def make(self, options: dict[str, Any], **more: Any) -> str:
        """Answer the question of a registration."""
        numbers = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        about = self._about(HAS_KEY) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(key)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": about})
        response = {"attestationObject": _text(attested), "transports": ["internal", "hybrid"]}
        return self._answer("webauthn.create", options, response, **more)

    def sign(self, options: dict[str, Any], handle: str) -> str:
        """Answer the question of a sign-in for the user of this handle."""
        self._signed += 1
        about, client = self._about(), self._client("webauthn.get", options)
        signature = self._key.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "authenticatorData": _text(about),
            "signature": _text(signature),
            "userHandle": _text(handle.encode()),
        }
        return self._answer("webauthn.get", options, response)

    def _about(self, flags: int = 0) -> bytes:
        return (
            hashlib.sha256(self._rp.encode()).digest() + bytes([self._flags | flags]) + self._signed.to_bytes(4, "big")
        )

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self._origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, kind: str, options: dict[str, Any], response: dict[str, Any], **more: Any) -> str:
        response = {"clientDataJSON": _text(self._client(kind, options)), **response}
        name = _text(self.id)
        whole = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps({**whole, **more})
