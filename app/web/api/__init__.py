"""The JSON API under /api/v1, described by itself.

room         the blueprint, and what an endpoint says of itself
description  the OpenAPI document made from that
bodies       what comes in and what goes out
once         requests that are sent again
versions     saves that name the version they were made from
paging       long lists
shown        rows as values of the API

teams, assessments, exchange, answers, record, results, board: the endpoints
"""

from app.web.api import answers, assessments, board, description, exchange, record, results, teams
from app.web.api.room import blueprint

__all__ = ["answers", "assessments", "blueprint", "board", "description", "exchange", "record", "results", "teams"]
