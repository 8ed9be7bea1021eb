"""Who may ask for which route: the smallest role in the organization, written down by hand and apart from the code.

``anyone``: no sign-in asked for. ``own``: about oneself, any person who is signed in. A route that leads into a team
is for facilitators and members of that team only, from ``member`` on upwards to the owner, who has all.
"""

ANYONE, OWN, VIEWER, MEMBER, FACILITATOR, OWNER = "anyone", "own", "viewer", "member", "facilitator", "owner"
ORDER = (VIEWER, MEMBER, FACILITATOR, OWNER)

ROWS: dict[str, str] = {
    "entrance.come_back": ANYONE,
    "entrance.invitation": ANYONE,
    "entrance.leave": ANYONE,
    "entrance.look_at_start": ANYONE,
    "entrance.use_start": ANYONE,
    "health.alive": ANYONE,
    "health.ready": ANYONE,
    "help.help": ANYONE,
    "help.how": ANYONE,
    "home.example": ANYONE,
    "home.organizations": OWN,
    "home.show": ANYONE,
    "organization.change": OWNER,
    "organization.log": OWNER,
    "organization.settings": OWNER,
    "people.ask_to_remove": OWNER,
    "people.change": OWNER,
    "people.invite": OWNER,
    "people.person": OWNER,
    "people.remove": OWNER,
    "people.reset_link": OWNER,
    "people.show": OWNER,
    "people.withdraw": OWNER,
    "profile.end_session": OWN,
    "profile.end_token": OWN,
    "profile.make_token": OWN,
    "profile.show": OWN,
    "questionnaires.ask_to_publish": OWNER,
    "questionnaires.compare": VIEWER,
    "questionnaires.file": VIEWER,
    "questionnaires.preview": VIEWER,
    "questionnaires.publish": OWNER,
    "questionnaires.show": VIEWER,
    "questionnaires.upload": OWNER,
    "questionnaires.withdraw": OWNER,
    "room.ahead": ANYONE,  # the view asks for a seat
    "room.ask_role": ANYONE,  # the view asks for a seat
    "room.believe": ANYONE,  # the view asks for a seat
    "room.cast": ANYONE,  # the view asks for a seat
    "room.change_role": ANYONE,  # the view asks for a seat
    "room.events": ANYONE,  # the view asks for a seat
    "room.go_back": ANYONE,  # the view asks for a seat
    "room.go_back_to_belief": ANYONE,  # the view asks for a seat
    "room.join": ANYONE,
    "room.look_at_link": ANYONE,
    "room.look_in": ANYONE,
    "room.make_link": ANYONE,  # the view asks for a seat
    "room.mine": ANYONE,  # the view asks for a seat
    "room.offer": ANYONE,  # the view asks for a seat
    "room.release": ANYONE,  # the view asks for a seat
    "room.show": ANYONE,  # the view asks for a seat
    "room.state": ANYONE,  # the view asks for a seat
    "room.type_code": ANYONE,
    "room.use_link": ANYONE,
    "security.change_password": OWN,
    "security.forgot_password": ANYONE,
    "security.login": ANYONE,
    "security.logout": ANYONE,
    "security.mf_recovery": ANYONE,
    "security.mf_recovery_codes": OWN,
    "security.reset_password": ANYONE,
    "security.tf_select": ANYONE,
    "security.two_factor_rescue": ANYONE,
    "security.two_factor_setup": ANYONE,
    "security.two_factor_setup_validate": OWN,
    "security.two_factor_token_validation": ANYONE,
    "security.verify": OWN,
    "security.wan_delete": OWN,
    "security.wan_register": OWN,
    "security.wan_register_response": OWN,
    "security.wan_signin": ANYONE,
    "security.wan_signin_response": ANYONE,
    "security.wan_verify": OWN,
    "security.wan_verify_response": OWN,
    "teams.dashboard": VIEWER,
    "theme.choose": ANYONE,
}
