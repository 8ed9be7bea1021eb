"""What the settings say about mail and single sign-on."""

from app.accounts.mail import Mailer, SmtpMailer
from app.accounts.port import Provider
from app.config import Settings


def mailer_of(settings: Settings) -> Mailer | None:
    """The mail server, if one is set."""
    return SmtpMailer(settings.mail.get_secret_value(), settings.mail_from) if settings.mail else None


def provider_of(settings: Settings) -> Provider | None:
    """The provider of single sign-on, if it is set whole."""
    if settings.oidc_issuer is None or settings.oidc_client_id is None or settings.oidc_client_secret is None:
        return None
    secret = settings.oidc_client_secret.get_secret_value()
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_name)
