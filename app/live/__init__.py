"""How everybody sees it at once: each change of a room is sent to all who watch it, from whichever process it came.

The frames are opaque here; this room knows nothing of questions and votes, and nothing of Flask.

    frames      what is sent: a snapshot framed once for all
    pace        when it is sent: at once, then at most ten times a second, the last one always
    streams     one open connection: a socket that never makes anybody wait, or a plain wait for other servers
    presence    who is connected to a room, as a number
    room        one room: its streams, its newest frame, its pace
    hub         all rooms of this process: limits, permissions, heartbeats, the stop
    bus         changes that other processes made
    clockwork   time and turns: greenlets under the server, threads elsewhere
    serving     what the server has to be told
"""
