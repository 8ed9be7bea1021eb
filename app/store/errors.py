"""What the store refuses, in the words of the domain.

MythmarkError
└── StoreError
    ├── NotFound         nothing of this name, or nothing this caller may know of
    ├── VersionConflict  somebody else saved in between; carries what is there now
    ├── KeyReused        an idempotency key came again with another request
    ├── StoreBusy        nobody could write for too long; trying again later may work
    ├── Unreachable      the database does not answer at all
    ├── WrongSchema      the database is not at the version of this program
    └── CopyRefused      a backup or restore that would lose or mix up something

AssertionError
└── UnscopedQuery        a programming error: a tenant's table was asked without its organization
"""

from app.domain.errors import MythmarkError


class StoreError(MythmarkError):
    """Anything the store refuses."""


class NotFound(StoreError):
    """Nothing of this name is there for this caller."""

    def __init__(self, what: str) -> None:
        super().__init__(f"there is no such {what}")
        self.what = what


class VersionConflict(StoreError):
    """Somebody else saved in between. ``version`` and ``present`` are what is stored now (present None: nothing)."""

    def __init__(self, what: str, version: int, present: object) -> None:
        super().__init__(f"somebody else has changed this {what} in the meantime")
        self.what, self.version, self.present = what, version, present


class KeyReused(StoreError):
    """The idempotency key belongs to another request."""

    def __init__(self) -> None:
        super().__init__("this idempotency key was used for a different request; use a new one")


class StoreBusy(StoreError):
    """Others were writing for longer than a writer waits; ``wait`` seconds later they will have done."""

    wait = 5

    def __init__(self) -> None:
        super().__init__("the database is busy; try again in a moment")


class Unreachable(StoreError):
    """The database does not answer; the text says why."""


class WrongSchema(StoreError):
    """The database is not at the version of this program; the text says what to do."""


class CopyRefused(StoreError):
    """A backup or restore that cannot be done safely; the text says what to do."""


class UnscopedQuery(AssertionError):
    """A statement reads or changes a tenant's table without saying whose rows it means."""
