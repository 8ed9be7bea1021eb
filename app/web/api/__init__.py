"""The JSON API under /api/v1, described by itself.

room         the blueprint, and what an endpoint says of itself
description  the OpenAPI document made from that
bodies       what comes in and what goes out
once         requests that are sent again
versions     saves that name the version they were made from
paging       long lists
shown        rows as values of the API

seats        who asks for a live room

teams, assessments, exchange, answers, record, results, board, conduct, rooms: the endpoints
"""

from app.web.api import answers, assessments, board, conduct, description, exchange, record, results, rooms, teams
from app.web.api.room import blueprint

__all__ = [
    "answers",
    "assessments",
    "blueprint",
    "board",
    "conduct",
    "description",
    "exchange",
    "record",
    "results",
    "rooms",
    "teams",
]
