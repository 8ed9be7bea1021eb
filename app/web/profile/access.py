"""Who may use the views that Flask-Security brings."""

from app.web.access import Access, Role

_ANYONE = Access(frozenset({Role.ANYONE}), free=("token",))
_SIGNED_IN = Access(frozenset({Role.OWNER, Role.FACILITATOR, Role.MEMBER, Role.VIEWER}), free=("token",))

OTHERS = {
    **{
        f"security.{name}": _ANYONE
        for name in (
            "login", "logout", "forgot_password", "reset_password", "two_factor_token_validation", "two_factor_rescue",
            "tf_select", "mf_recovery", "wan_signin", "wan_signin_response",
            # Set up at sign-in when a policy demands it; otherwise it asks by itself for somebody who is signed in.
            "two_factor_setup",
        )
    },
    **{
        f"security.{name}": _SIGNED_IN
        for name in (
            "verify", "change_password", "two_factor_setup_validate", "mf_recovery_codes", "wan_register",
            "wan_register_response", "wan_delete", "wan_verify", "wan_verify_response",
        )
    },
}  # fmt: skip
