"""One-time codes of an authenticator app; each counts once, on every node."""

import datetime as dt

from flask_security import Totp, UserMixin
from passlib.exc import TokenError
from passlib.totp import TotpMatch

from app.accounts.port import port
from app.accounts.throttle import used_before


class OneTimeCodes(Totp):
    """Flask-Security's codes, with the protection against replay that it leaves to the application."""

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        """Whether the code is right and was not used before; ``window`` in seconds before and after now."""
        try:
            match: TotpMatch = self._totp.verify(token, totp_secret, time=port().now(), window=window)
        except (TokenError, ValueError):
            return False
        made_at = dt.datetime.fromtimestamp(match.counter * 30, tz=dt.UTC)
        here = port()
        return not used_before(here.session(), here.throttle_key, user.id, made_at)
