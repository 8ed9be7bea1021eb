"""Wrong passwords and wrong codes, counted across nodes; never right ones.

Three things are counted under a keyed hash: an account from one address, an account from anywhere, and an address
for any account. After some free tries each further one has to wait, twice as long each time, up to a cap. The cap of
the account alone is short: somebody who guesses from a thousand addresses is slowed down, and the owner, who may
also use a passkey or a reset link, is never locked out.
"""

import datetime as dt
import math
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.errors import TooManyTries
from app.accounts.secrets import keyed_hash
from app.store.record import requests
from app.store.tables.records import ThrottleRow

MEMORY = dt.timedelta(days=1)
_GRAIN = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Limit:
    """``free`` tries a day cost nothing; then each wait doubles from one second up to ``longest`` seconds."""

    free: int
    longest: int

    def wait_after(self, wrong: int) -> int:
        """How many seconds to wait after so many wrong tries."""
        over = wrong - self.free
        return 0 if over < 0 else min(self.longest, 2 ** min(over, 30))


HERE = Limit(free=5, longest=15 * 60)
ANYWHERE = Limit(free=50, longest=30)
ADDRESS = Limit(free=300, longest=60)
CODES = Limit(free=5, longest=15 * 60)


@dataclass(frozen=True)
class Tries:
    """What is counted for one attempt: keyed hashes with their limits."""

    counted: tuple[tuple[str, Limit], ...]

    def check(self, session: Session, now: dt.datetime) -> None:
        """Raise TooManyTries when this attempt has to wait."""
        longest = max(_wait(session, key, limit, now) for key, limit in self.counted)
        if longest > 0:
            raise TooManyTries(math.ceil(longest))

    def count(self, session: Session, now: dt.datetime) -> None:
        """Count a wrong one."""
        for key, _ in self.counted:
            requests.count_failure(session, key, now.replace(microsecond=0))

    def forget(self, session: Session) -> None:
        """Forget what was wrong before, now that it was right; what an address did to others stays."""
        key, _ = self.counted[0]
        session.execute(delete(ThrottleRow).where(ThrottleRow.key_hash == key))


def password_tries(key: bytes, address: str, account: str) -> Tries:
    """A password tried from this address for this account (its normalized mail address, known or not)."""
    network = _network(address)
    return Tries(
        (
            (keyed_hash(key, "password", network, account), HERE),
            (keyed_hash(key, "password", account), ANYWHERE),
            (keyed_hash(key, "password from", network), ADDRESS),
        )
    )


def code_tries(key: bytes, user_id: int) -> Tries:
    """A second factor tried for this person: who gets here knows the password, so the address does not matter."""
    return Tries(((keyed_hash(key, "code", str(user_id)), CODES),))


def link_tries(key: bytes, address: str) -> Tries:
    """A link or token tried from this address."""
    return Tries(((keyed_hash(key, "link", _network(address)), ADDRESS),))


def room_tries(key: bytes, address: str) -> Tries:
    """A room's code, or a link to a seat in one, tried from this address.

    Only wrong ones are counted, since a thousand phones may share one address. ``check`` first, then look the code
    up, and ``count`` in a unit of its own when it was not found: the refused request itself is rolled back.
    """
    return Tries(((keyed_hash(key, "room", _network(address)), ADDRESS),))


def used_before(session: Session, key: bytes, user_id: int, made_at: dt.datetime) -> bool:
    """Whether the one-time code of this moment was used before; from now on it was."""
    return requests.count_failure(session, keyed_hash(key, "used code", str(user_id)), made_at) > 1


def _wait(session: Session, key: str, limit: Limit, now: dt.datetime) -> float:
    statement = select(func.sum(ThrottleRow.count), func.max(ThrottleRow.window_start)).where(
        ThrottleRow.key_hash == key, ThrottleRow.window_start >= now - MEMORY
    )
    wrong, last = session.execute(statement).one()
    seconds = limit.wait_after(int(wrong or 0))
    # Moments are kept by the second: the wait begins when that second is over.
    return (last + _GRAIN - now).total_seconds() + seconds if seconds else 0


def _network(address: str) -> str:
    """An IPv6 household has 2^64 addresses: its network stands for it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else address
