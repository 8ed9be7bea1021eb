"""Who may: people, how they sign in, and what they may do. The only Flask-Security and Authlib.

permissions    one table: which role may do what, and where
actor          who is asking: a frozen value
errors         what this room refuses

secrets        random secrets, and the hashes that are kept of them
sessions       signed-in browsers, each of which can be ended
tokens         bearer tokens of the API
start          one-time links that sign somebody in
invitations    single-use invitations bound to an address
members        roles, teams and removal
enrolling      what the operator does for people
throttle       wrong passwords and codes, counted across nodes
audit          who did what when

passwords      argon2id, and which passwords are refused
account        a person as Flask-Security sees one, and its door to the store
codes          one-time codes that count once
passkeys       passkeys of phones, keys and computers
forms          Flask-Security's forms, throttled
mail           letters, when there is a server for them
security       Flask-Security set up, with its known traps mended
single_sign_on OpenID Connect, when it is set
"""
