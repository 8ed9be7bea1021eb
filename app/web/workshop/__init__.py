"""The live workshop for who runs it: the facilitator's view, the wall, paper, and the rehearsal.

blueprint   the blueprint, who may, and the room of a request
routes      the pages: the room, the wall, paper, the close, the stream
moves       the facilitator's moves on a question, and their undo
running     the room itself: open, expect, hand over, the agenda, close
recording   evidence, bets, a seat of one's own
rehearsing  a rehearsal, from its page to its end
drawing     the values of the pages; chart the bars of a reveal
"""

from app.web.workshop import moves, recording, rehearsing, routes, running
from app.web.workshop.blueprint import blueprint

__all__ = ["blueprint", "moves", "recording", "rehearsing", "routes", "running"]
