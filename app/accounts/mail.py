"""Letters, when there is a server for them; otherwise links are shown to whoever made them."""

import logging
import smtplib
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

_SECONDS = 20
_log = logging.getLogger(__name__)


class Mailer(Protocol):
    """Something that takes letters."""

    def send(self, recipient: str, subject: str, text: str) -> None:
        """Take a letter; never waits for its delivery, so that the time an answer takes tells nothing."""


@dataclass(frozen=True)
class SmtpMailer:
    """A mail server, such as ``smtp://user:password@mail.example.org:587`` or ``smtps://...``.

    With ``smtp`` the connection is encrypted when the server offers it, and always before a password is sent.
    """

    url: str = field(repr=False)
    sender: str

    def send(self, recipient: str, subject: str, text: str) -> None:
        """Hand the letter to a thread; what goes wrong there is logged without the address."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, recipient, " ".join(subject.split())
        letter.set_content(text)
        threading.Thread(target=self._deliver, args=(letter,), name="mail", daemon=True).start()

    def _deliver(self, letter: EmailMessage) -> None:
        try:
            self.deliver(letter)
        except (OSError, smtplib.SMTPException) as error:
            _log.error("a letter could not be sent: %s", type(error).__name__)

    def deliver(self, letter: EmailMessage) -> None:
        """Send the letter now; raises OSError, SMTPException."""
        parts = urlsplit(self.url)
        safe = ssl.create_default_context()
        host, port = parts.hostname or "localhost", parts.port
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=safe)
        else:
            server = smtplib.SMTP(host, port or 25, timeout=_SECONDS)
        with server:
            server.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and (server.has_extn("starttls") or parts.username):
                server.starttls(context=safe)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(letter)
