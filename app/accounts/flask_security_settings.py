"""How Flask-Security is set: what is on, which pages it answers, which templates it fills."""

import datetime as dt
from typing import Any

from app.accounts import passwords
from app.accounts.addresses import NotAnAddress, normalize_address


def _address(text: object) -> str | None:
    try:
        return normalize_address(str(text))
    except NotAnAddress:
        return None


#: Each name with SECURITY_ before it.
SETTINGS: dict[str, Any] = {
    "URL_PREFIX": None,
    "STATIC_FOLDER": None,
    "CACHE_CONTROL": None,  # comes out malformed; the application sends its own
    "API_ENABLED_METHODS": ["session"],
    "RETURN_GENERIC_RESPONSES": True,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "EMAIL_HTML": False,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "JOIN_USER_ROLES": False,
    "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": _address, "case_insensitive": False}}],
    # Passwords.
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": list(passwords.SCHEMES),
    "PASSWORD_SINGLE_HASH": list(passwords.SCHEMES),
    "PASSWORD_HASH_PASSLIB_OPTIONS": passwords.HASHING,
    "PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "PASSWORD_NORMALIZE_FORM": "NFKC",
    "HASHING_SCHEMES": ["sha256_crypt"],
    "CHANGEABLE": True,
    "RECOVERABLE": True,
    "REGISTERABLE": False,
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    "SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
    "RESET_PASSWORD_WITHIN": dt.timedelta(hours=24),
    "FRESHNESS": dt.timedelta(hours=4),
    "FRESHNESS_GRACE_PERIOD": dt.timedelta(minutes=15),
    # Second factors.
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TOTP_ISSUER": "Mythmark",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 10,
    # Passkeys.
    "WEBAUTHN": True,
    "WAN_RP_NAME": "Mythmark",
    "WAN_ALLOW_USER_HINTS": False,  # a hint would tell whether an address is known
    # Addresses of pages.
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "LOGOUT_CSRF": False,  # the application looks at every write
    "VERIFY_URL": "/sign-in/again",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/code/help",
    "TWO_FACTOR_SELECT_URL": "/sign-in/which",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "WAN_SIGNIN_URL": "/sign-in/passkey",
    "WAN_VERIFY_URL": "/sign-in/again/passkey",
    "RESET_URL": "/reset",
    "CHANGE_URL": "/profile/password",
    "TWO_FACTOR_SETUP_URL": "/profile/second-factor",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/profile/recovery-codes",
    "WAN_REGISTER_URL": "/profile/passkeys",
    "WAN_DELETE_URL": "/profile/passkeys/remove",
    "POST_CHANGE_VIEW": "/profile",
    "TWO_FACTOR_POST_SETUP_VIEW": "/profile",
    "WAN_POST_REGISTER_VIEW": "/profile/passkeys",
    # Own templates.
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "VERIFY_TEMPLATE": "accounts/again.html",
    "FORGOT_PASSWORD_TEMPLATE": "accounts/forgot.html",
    "RESET_PASSWORD_TEMPLATE": "accounts/reset.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/password.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/second_factor.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/code.html",
    "TWO_FACTOR_SELECT_TEMPLATE": "accounts/which.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/recovery_codes.html",
    "WAN_REGISTER_TEMPLATE": "accounts/passkeys.html",
    "WAN_SIGNIN_TEMPLATE": "accounts/passkey.html",
    "WAN_VERIFY_TEMPLATE": "accounts/again_passkey.html",
    "EMAIL_TEMPLATE_PASSWORD_RESET": "accounts/mail/reset",
    "EMAIL_SUBJECT_PASSWORD_RESET": "Set a new password for Mythmark",
}

#: Its sentences in our words, each with SECURITY_MSG_ before its name; the kind is one of our notices'.
MESSAGES: dict[str, tuple[str, str]] = {
    "PASSWORD_CHANGE": ("The password is changed; every other browser is signed out.", "done"),
    "PASSWORD_RESET_NO_LOGIN": ("The new password is set. Sign in with it.", "done"),
    "PASSWORD_RESET_REQUEST": ("If %(email)s is known here, a letter with a link is on its way.", "note"),
    "PASSWORD_RESET_EXPIRED": ("That link is too old; ask for a new one.", "problem"),
    "INVALID_RESET_PASSWORD_TOKEN": ("That link is not good any more; ask for a new one.", "problem"),
    "PASSWORD_IS_THE_SAME": ("This is the password that you have.", "problem"),
    "RETYPE_PASSWORD_MISMATCH": ("The two are not the same; write the password twice.", "problem"),
    "PASSWORD_NOT_PROVIDED": ("Write a password.", "problem"),
    "EMAIL_NOT_PROVIDED": ("Write your address.", "problem"),
    "REAUTHENTICATION_REQUIRED": ("This needs your password or passkey once more.", "note"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you. Go on where you were.", "done"),
    "UNAUTHENTICATED": ("Sign in first.", "note"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "done"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("The authenticator app is asked for from now on.", "done"),
    "TWO_FACTOR_DISABLED": ("The second factor is off; its recovery codes are void.", "done"),
    "TWO_FACTOR_PERMISSION_DENIED": ("Sign in from the beginning.", "problem"),
    "TWO_FACTOR_SETUP_EXPIRED": ("That took too long; start again.", "problem"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": ("The passkey %(name)s is added.", "done"),
    "WEBAUTHN_CREDENTIAL_DELETED": ("The passkey %(name)s is removed.", "done"),
    "WEBAUTHN_NAME_REQUIRED": ("Write a name for the passkey.", "problem"),
    "WEBAUTHN_NAME_INUSE": ("You have a passkey named %(name)s; write another name.", "problem"),
    "WEBAUTHN_EXPIRED": ("That took too long; start again.", "problem"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": ("This passkey is not known here.", "problem"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": ("This passkey is known here already.", "problem"),
    "WEBAUTHN_NO_VERIFY": ("The passkey could not be verified: %(cause)s.", "problem"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": ("This passkey is not meant for this step.", "problem"),
}
