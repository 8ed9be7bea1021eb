"""Mail addresses in the one form in which they are kept and compared."""

from email_validator import EmailNotValidError, validate_email

from app.accounts.errors import AccountError

#: Who owns what is made on this machine, before anybody has an address: no name of the internet.
LOCAL_OWNER = "owner@localhost"


class NotAnAddress(AccountError):
    """The text is no mail address."""

    def __init__(self) -> None:
        super().__init__("this is not a mail address; write one such as name@example.org")


def normalize_address(text: str) -> str:
    """The address in lower case and composed characters; raises NotAnAddress."""
    if text.strip().casefold() == LOCAL_OWNER:
        return LOCAL_OWNER
    try:
        # Addresses at .test are for trying things out, which is what many do first.
        found = validate_email(
            text.strip(), check_deliverability=False, allow_display_name=False, test_environment=True
        )
    except EmailNotValidError:
        raise NotAnAddress from None
    # No two mailboxes in use differ by case alone, but people type their own in several ways.
    return found.normalized.casefold()
