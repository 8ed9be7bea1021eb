"""What this room refuses, in the words of the domain.

MythmarkError
└── AccountError
    ├── SignInNeeded     nobody is signed in (401)
    ├── NotAllowed       a role too small for this (403)
    ├── LinkNotGood      a link that was used, has expired or never was (404)
    ├── WrongAddress     an invitation for another address than one's own (403)
    ├── AlreadyMember    the person belongs to the organization (409)
    ├── LastOwner        an organization keeps at least one owner (409)
    ├── NoSuchTeams      teams that are not the organization's (422)
    ├── PasswordRefused  too short or too common (422)
    └── TooManyTries     wrong too often; carries how long to wait (429)
"""

from app.domain.errors import MythmarkError


class AccountError(MythmarkError):
    """Anything the accounts refuse."""


class SignInNeeded(AccountError):
    """Nobody is signed in."""

    def __init__(self) -> None:
        super().__init__("sign in first")


class NotAllowed(AccountError):
    """The role is too small for this; the text may say more."""

    def __init__(self, text: str = "your role does not allow this; ask an owner of the organization") -> None:
        super().__init__(text)


class LinkNotGood(AccountError):
    """A link that was used, has expired or never was; which of these is not told."""

    def __init__(self) -> None:
        super().__init__("this link was used before or has expired; ask for a new one")


class WrongAddress(AccountError):
    """The invitation is for another address than that of the person signed in."""

    def __init__(self) -> None:
        super().__init__("this invitation is for another address; sign out, then open the link again")


class AlreadyMember(AccountError):
    """The person belongs to the organization."""

    def __init__(self) -> None:
        super().__init__("this person belongs to the organization; change their role instead")


class LastOwner(AccountError):
    """An organization keeps at least one owner."""

    def __init__(self) -> None:
        super().__init__("this is the last owner; make somebody else an owner first")


class NoSuchTeams(AccountError):
    """Teams were named that the organization does not have."""

    def __init__(self) -> None:
        super().__init__("some of these teams are not there; choose from the list")


class PasswordRefused(AccountError):
    """The password is too short or too common; the text says which."""


class TooManyTries(AccountError):
    """Wrong too often. ``seconds``: how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many wrong tries; try again in {_waiting(seconds)}")
        self.seconds = seconds


def _waiting(seconds: int) -> str:
    if seconds < 90:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"
