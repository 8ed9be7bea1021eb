"""``mythmark remind``: tells people what is due, each thing once; for a timer."""

import argparse
from dataclasses import dataclass
from email.message import EmailMessage
from smtplib import SMTPException

from app.accounts.mail import SmtpMailer
from app.cli.inputs import Unusable
from app.cli.stored import now, with_database
from app.services.database import Database
from app.services.reminders import send_reminders


@dataclass(frozen=True)
class _Post:
    """The mail server of the settings, waiting for each letter."""

    server: SmtpMailer

    def deliver(self, recipient: str, subject: str, text: str) -> None:
        """Deliver a letter now; raises OSError."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.server.sender, recipient, subject
        letter.set_content(text)
        try:
            self.server.deliver(letter)
        except SMTPException as error:
            raise OSError(type(error).__name__) from error


def arguments(_: argparse.ArgumentParser) -> None:
    """Nothing can be asked for."""


def run(_: argparse.Namespace) -> int:
    """Send what is due; 0, 1 when letters could not be delivered, or 2 with what is wrong."""

    def work(database: Database) -> int:
        settings = database.settings
        if settings.mail is None:
            raise Unusable("there is no mail server; set MYTHMARK_MAIL to smtp://USER:PASSWORD@HOST:PORT")
        post = _Post(SmtpMailer(settings.mail.get_secret_value(), settings.mail_from))
        address = settings.url or "http://127.0.0.1:8000"
        sent = send_reminders(database.engine, post, now=now(), address=address)
        print(f"{sent.reminders} reminders in {sent.letters} letters; {sent.failed} could not be delivered")
        return 1 if sent.failed else 0

    return with_database(work)
