"""The live workshop: a room with a code, its participants, secret votes, and the facilitator's moves.

    errors      what a room refuses
    opening     a room is opened, handed over, taken over, closed; how many are expected
    entering    participants come in by the code, as members, or on another device
    voting      one vote a request
    beside      votes and people that come from elsewhere while a room is open
    holding     a room held for a move, and the move written down
    moves       ask, reveal, vote again, agree, not agreed, undo
    accepting   accept as agreed without a talk, the order by hand
    agenda      what the room should talk about, and what it may skip
    last_plan   open actions and bets of the last assessment, looked at first
    states      what everybody in the room sees, and what is one's own alone
    wording     both as plain values for a stream or an answer
    rehearsal   a room with simulated participants that counts nowhere

A move holds the assessment alone and then the room; a vote holds the assessment together with other votes. So no
vote comes between a count and its reveal, and nobody waits in a circle.
"""
