"""Passkeys: of phones, of computers and of keys on a chain alike."""

from flask_security import UserMixin, WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class Passkeys(WebauthnUtil):
    """Flask-Security refuses phones as a first factor, and takes one that does not ask who holds it."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:  # noqa: ARG002
        """Any device for either use; alone it has to ask for a finger, a face or a PIN."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED if usage == "first" else ResidentKeyRequirement.PREFERRED,
            user_verification=_verification(usage == "first"),
        )

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:  # noqa: ARG002
        """The same when signing in."""
        return _verification("secondary" not in usage)


def _verification(alone: bool) -> UserVerificationRequirement:  # noqa: FBT001
    return UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.DISCOURAGED
